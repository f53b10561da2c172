package newleaf.workflow;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Map;

/// See [DriftWorkflow].
public final class DurableDrift implements DriftWorkflow {
  @Override
  public HomeActivities.Drift look(HomeActivities.Compare compare) {
    HomeActivities.Drift drift = Patience.home("compare").compare(compare);
    Workflow.upsertMemo(Map.of("changed", drift.changed(), "atRisk", drift.atRisk()));
    if (drift.changed() > 0 || drift.atRisk()) {
      throw ApplicationFailure.newNonRetryableFailure(
          drift.text(), drift.atRisk() ? "AtRisk" : "Drift");
    }
    return drift;
  }
}
