package newleaf.workflow;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One rotation that runs on Temporal, or ran.
public final class Rotation {
  private final WorkflowStub workflow;
  private final String share;
  private final Calls calls;

  Rotation(WorkflowStub workflow, String share, Calls calls) {
    this.workflow = workflow;
    this.share = share;
    this.calls = calls;
  }

  public String share() {
    return share;
  }

  /// How it stands; empty while no worker answers.
  ///
  /// @throws newleaf.NewleafException Refused when there is none
  public Optional<RotationWorkflow.Status> status() {
    return calls.answer(() -> workflow.query("status", RotationWorkflow.Status.class));
  }

  /// Whether it is under way.
  ///
  /// @throws newleaf.NewleafException Refused when there never was one
  public boolean isUnderWay() {
    return calls.of(() -> workflow.describe().getStatus())
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /// What it tries again and again, and why that failed last.
  public List<String> troubles() {
    return calls.of(() ->
        workflow.describe().getRawDescription().getPendingActivitiesList().stream()
            .filter(a -> a.getAttempt() > 1 && a.hasLastFailure())
            .map(a -> "try %d: %s".formatted(a.getAttempt(), a.getLastFailure().getMessage()))
            .toList());
  }

  /// Is kept also while no worker runs.
  ///
  /// @throws newleaf.NewleafException Refused when none is under way
  public void approve(RotationWorkflow.Approval approval) {
    calls.of(() -> {
      workflow.signal("approve", approval);
      return approval;
    });
  }

  /// @return empty while it is under way
  /// @throws newleaf.NewleafException what it failed with
  public Optional<Long> ended() {
    return calls.ended(workflow, Long.class);
  }

  /// @return how many steps it carried out; empty when it has not ended by then
  /// @throws newleaf.NewleafException what it failed with
  public Optional<Long> result(Duration atMost) {
    return calls.result(workflow, Long.class, atMost);
  }
}
