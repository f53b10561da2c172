package newleaf.workflow;

import io.temporal.activity.ActivityInterface;

/// What is done in a cluster, by the worker that is there.
@ActivityInterface
public interface ClusterActivities {
  ClusterAnswer answer(ClusterCall call);
}
