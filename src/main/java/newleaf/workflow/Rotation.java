package newleaf.workflow;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
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

  /// As Temporal describes it.
  ///
  /// @param troubles what it tries again and again, and why that failed last
  public record Described(boolean isUnderWay, List<String> troubles) {
    public Described {
      troubles = List.copyOf(troubles);
    }
  }

  /// @throws newleaf.NewleafException Refused when there never was one
  public Described described() {
    WorkflowExecutionDescription found = calls.of(workflow::describe);
    return new Described(
        found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
        found.getRawDescription().getPendingActivitiesList().stream()
            .filter(a -> a.getAttempt() > 1 && a.hasLastFailure())
            .map(a -> "try %d: %s".formatted(a.getAttempt(), a.getLastFailure().getMessage()))
            .toList());
  }

  /// @throws newleaf.NewleafException as above
  public boolean isUnderWay() {
    return described().isUnderWay();
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
