package newleaf.workflow;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import newleaf.plan.Step;
import newleaf.workflow.HomeActivities.Done;
import newleaf.workflow.HomeActivities.Task;

/// Steps that are carried out together, each when those that it needs are done. One that fails does
/// not keep the independent ones from ending.
final class Steps {
  record Ended(Step step, Done done) {}

  private final String digest;
  private final Consumer<Ended> told;
  private final Set<String> underWay;
  private final Map<String, Promise<Done>> running = new LinkedHashMap<>();

  /// @param digest of the plan that was said yes to
  /// @param underWay holds the addresses of those that are
  Steps(String digest, Consumer<Ended> told, Set<String> underWay) {
    this.digest = digest;
    this.told = told;
    this.underWay = underWay;
  }

  /// @param steps each behind what it needs of them
  /// @return false when one found that the world moved since it was planned
  /// @throws TemporalFailure when another one failed, or the workflow was cancelled
  boolean carryOut(List<Step> steps) {
    for (Step step : steps) {
      running.put(step.id(), after(step, () -> begin(step)));
    }
    List<TemporalFailure> failures = new ArrayList<>();
    running.values().forEach(end -> failure(end).ifPresent(failures::add));
    failures.stream()
        .filter(f -> !Ends.isStale(f))
        .findFirst()
        .ifPresent(f -> {
          throw f;
        });
    return failures.isEmpty();
  }

  private Promise<Done> after(Step step, Functions.Func<Promise<Done>> begin) {
    List<Promise<Done>> needs =
        step.needs().stream().map(running::get).filter(Objects::nonNull).toList();
    return needs.isEmpty() ? begin.apply() : Promise.allOf(needs).thenCompose(_ -> begin.apply());
  }

  private Promise<Done> begin(Step step) {
    underWay.add(step.address());
    HomeActivities home = Patience.home(step.verb() + " " + step.address());
    Promise<Done> end = Async.function(home::carryOut, new Task(digest, step));
    return end.handle((done, failure) -> {
      boolean _ = underWay.remove(step.address());
      if (failure != null) {
        throw failure;
      }
      told.accept(new Ended(step, done));
      return done;
    });
  }

  private static Optional<TemporalFailure> failure(Promise<Done> end) {
    try {
      Done _ = end.get();
      return Optional.empty();
    } catch (TemporalFailure e) {
      return Optional.of(e);
    }
  }
}
