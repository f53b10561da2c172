package newleaf.workflow;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Plans what is due in a file and has each share of the plan rotated by a workflow of its own.
/// Ends when all of them have started; they go on by themselves.
@WorkflowInterface
public interface FleetWorkflow {
  /// A plan that nobody said yes to by then is dropped.
  Duration PATIENCE = Duration.ofHours(1);

  /// @param expect go on only if the plan has this digest
  /// @param ask wait for [#consent] before anything is done
  /// @param rest set when it went on in a new run: what is left to be started
  record Request(Optional<String> expect, boolean ask, Optional<Rest> rest) {}

  record Rest(String digest, List<String> shares, List<String> started) {}

  /// What is due.
  ///
  /// @param text the plan for people, cut where it is long
  /// @param shares by name; see [newleaf.plan.Shares]
  record Agenda(String digest, String text, List<String> shares) {}

  /// @param digest of the plan
  /// @param shares that are rotated now
  record Result(String digest, List<String> shares, boolean agreed) {}

  @WorkflowMethod
  Result rotateAll(Request request);

  /// Yes to the plan of that digest.
  @SignalMethod
  void consent(String digest);

  /// @param agenda empty while it is being planned
  record Planned(Optional<Agenda> agenda) {}

  @QueryMethod
  Planned planned();
}
