package newleaf.workflow;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.util.UUID;
import newleaf.NewleafException;

/// Asks the worker of one cluster, and waits for the answer. Fails as the ports there do.
final class ClusterCalls {
  private final WorkflowClient client;
  private final String taskQueue;
  private final String account;
  private final String cluster;
  private final CallLimits limits;
  private final Calls calls;

  /// @param taskQueue of the rotations
  ClusterCalls(
      WorkflowClient client, String taskQueue, String account, String cluster, CallLimits limits) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.account = account;
    this.cluster = cluster;
    this.limits = limits;
    this.calls = new Calls(client.getOptions().getNamespace());
  }

  String cluster() {
    return cluster;
  }

  /// @throws NewleafException RemoteError when nobody answers; else what is said there
  <A extends ClusterAnswer> A ask(ClusterCall call, Class<A> type) {
    ClusterAnswer answer = answer(call);
    if (!type.isInstance(answer)) {
      throw ClusterFailures.notUnderstood(cluster, "the answer is of another kind");
    }
    return type.cast(answer);
  }

  private ClusterAnswer answer(ClusterCall call) {
    String there =
        call.madeKey()
            .map(KeyName.Made::taskQueue)
            .orElseGet(() -> ClusterWorker.taskQueue(taskQueue, cluster));
    ClusterCallWorkflow workflow = client.newWorkflowStub(ClusterCallWorkflow.class, options(call));
    try {
      return calls.of(
          () -> workflow.call(new ClusterCallWorkflow.Request(there, limits.of(call), call)));
    } catch (WorkflowFailedException e) {
      throw failure(e, call);
    }
  }

  private WorkflowOptions options(ClusterCall call) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.call(account, cluster, UUID.randomUUID().toString()))
        .setTaskQueue(taskQueue)
        .setWorkflowExecutionTimeout(limits.of(call).whole())
        .setStaticSummary(call.summary())
        .build();
  }

  private NewleafException failure(WorkflowFailedException e, ClusterCall call) {
    return e.getCause() instanceof ApplicationFailure why
        ? Ends.words(why)
            .map(NewleafException::new)
            .orElseGet(() -> ClusterFailures.notUnderstood(cluster, why.getOriginalMessage()))
        : ClusterFailures.away(cluster, call);
  }
}
