package newleaf.workflow;

import io.temporal.failure.ActivityFailure;

/// See [ClusterCallWorkflow].
public final class DurableClusterCall implements ClusterCallWorkflow {
  @Override
  public ClusterAnswer call(Request request) {
    try {
      return Patience.cluster(request).answer(request.call());
    } catch (ActivityFailure e) {
      throw Ends.ofWorkflow(e);
    }
  }
}
