package newleaf.workflow;

import io.temporal.failure.ApplicationFailure;
import java.util.function.Consumer;
import newleaf.NewleafException;

/// The activities of a cluster as Temporal calls them: they fail with words that may stay in a
/// history.
final class InCluster implements ClusterActivities {
  private final ClusterSide side;
  private final Consumer<String> said;

  /// @param said hears of changes and failures
  InCluster(ClusterSide side, Consumer<String> said) {
    this.side = side;
    this.said = said;
  }

  @Override
  public ClusterAnswer answer(ClusterCall call) {
    try {
      ClusterAnswer answer = side.answer(call);
      if (call instanceof ClusterCall.Change) {
        said.accept(call.summary() + ": done");
      }
      return answer;
    } catch (NewleafException e) {
      said.accept(call.summary() + ": " + e.failure().line());
      throw failure(e);
    } catch (RuntimeException e) {
      throw Ends.ofBug(e);
    }
  }

  private static ApplicationFailure failure(NewleafException e) {
    return ClusterFailures.isKeyGone(e) ? Ends.forGood(e) : Ends.of(e);
  }
}
