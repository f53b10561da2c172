package newleaf.emulator.workers;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/// Books a trip; the point is that it needs a workflow task, an activity task and one more workflow
/// task.
@WorkflowInterface
public interface BookingWorkflow {
  @WorkflowMethod
  String book(String trip);
}
