package newleaf.workflow;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;

/// A plan on its way into rotations.
public final class Fleet {
  private final WorkflowStub workflow;
  private final Calls calls;

  Fleet(WorkflowStub workflow, Calls calls) {
    this.workflow = workflow;
    this.calls = calls;
  }

  /// Of its workflow.
  public String id() {
    return workflow.getExecution().getWorkflowId();
  }

  /// What is due; empty while it is being planned, and while no worker answers.
  public Optional<FleetWorkflow.Agenda> agenda() {
    return calls
        .answer(() -> workflow.query("planned", FleetWorkflow.Planned.class))
        .flatMap(FleetWorkflow.Planned::agenda);
  }

  public void consent(String digest) {
    calls.of(() -> {
      workflow.signal("consent", digest);
      return digest;
    });
  }

  /// Drops a plan that nobody said yes to.
  public void withdraw() {
    calls.of(() -> {
      workflow.cancel();
      return workflow;
    });
  }

  /// @return empty while it is under way
  /// @throws newleaf.NewleafException what it failed with
  public Optional<FleetWorkflow.Result> ended() {
    return calls.ended(workflow, FleetWorkflow.Result.class);
  }

  /// @return empty when it has not ended by then
  /// @throws newleaf.NewleafException what it failed with
  public Optional<FleetWorkflow.Result> result(Duration atMost) {
    return calls.result(workflow, FleetWorkflow.Result.class, atMost);
  }
}
