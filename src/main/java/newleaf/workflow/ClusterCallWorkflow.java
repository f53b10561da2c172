package newleaf.workflow;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/// One call to the worker of a cluster. A step at home is an activity, and only a workflow can have
/// an activity done elsewhere. It has a limit of time as a whole: a change that nobody waits for
/// any more is not made.
@WorkflowInterface
public interface ClusterCallWorkflow {
  /// @param start until the worker of the cluster begins
  /// @param whole until there is an answer, with all tries
  record Limits(Duration start, Duration whole) {}

  /// @param taskQueue of the worker of the cluster, or of one process
  record Request(String taskQueue, Limits limits, ClusterCall call) {}

  @WorkflowMethod
  ClusterAnswer call(Request request);
}
