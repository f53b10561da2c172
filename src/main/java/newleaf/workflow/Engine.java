package newleaf.workflow;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What a person asks of the rotations that run on Temporal. None of it needs credentials for what
/// is rotated.
public final class Engine {
  private final WorkflowClient client;
  private final String taskQueue;
  private final String account;
  private final Calls calls;

  public Engine(WorkflowClient client, String taskQueue, String account) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.account = account;
    this.calls = new Calls(client.getOptions().getNamespace());
  }

  public Engine(ControlPlane control, String account) {
    this(control.client(), control.taskQueue(), account);
  }

  /// Starts to rotate what is due. Each start plans by itself; rotations that are under way are
  /// found and go on, so that two starts are one.
  public Fleet start(FleetWorkflow.Request request) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.apply(account) + "-" + UUID.randomUUID())
            .setTaskQueue(taskQueue)
            .build();
    FleetWorkflow fleet = client.newWorkflowStub(FleetWorkflow.class, options);
    return calls.of(() -> {
      var _ = WorkflowClient.start(fleet::rotateAll, request);
      return new Fleet(WorkflowStub.fromTyped(fleet), calls);
    });
  }

  /// Of one rotation.
  ///
  /// @param share its name; see [newleaf.plan.Shares]
  public Rotation rotation(String share) {
    return new Rotation(
        client.newUntypedWorkflowStub(WorkflowIds.rotation(account, share)), share, calls);
  }

  /// Rotations that are under way, as the list of workflows has them, which may be seconds behind.
  public List<Listed> underWay() {
    String query =
        "WorkflowType = 'RotationWorkflow' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '%s'"
            .formatted(WorkflowIds.all(account).replace("'", "''"));
    return calls.of(() ->
        client
            .listExecutions(query)
            .map(found ->
                new Listed(
                    found
                        .getExecution()
                        .getWorkflowId()
                        .substring(WorkflowIds.all(account).length()),
                    found.getStartTime(),
                    memo(found.getMemo("phase", String.class)),
                    memo(found.getMemo("due", String.class))))
            .toList());
  }

  private static String memo(Object text) {
    return text == null ? "" : (String) text;
  }

  /// @param phase see [RotationWorkflow.Phase]; empty before the first
  /// @param due when it goes on by itself, ISO 8601; may be empty
  public record Listed(String share, Instant since, String phase, String due) {}
}
