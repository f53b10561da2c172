package newleaf.workflow;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/// One look for drift. Fails when something was changed or ends too soon, so that whoever watches
/// for failed workflows hears of it.
@WorkflowInterface
public interface DriftWorkflow {
  @WorkflowMethod
  HomeActivities.Drift look(HomeActivities.Compare compare);
}
