package newleaf.plan;

import java.time.Instant;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.Observed;

/// Makes the plan: one rotation per CA, in the order of the file.
public final class Planner {
  private Planner() {}

  public static Plan plan(Desired desired, Observed observed, Instant asOf) {
    Draft draft = new Draft(Holder.of(desired, observed), observed, asOf);
    Guards.oneWayForEachDeployment(draft, draft.holders);
    for (CaSpec ca : desired.cas()) {
      new Rotation(desired, observed, asOf, ca, draft).plan();
    }
    new Dropped(desired, observed, asOf, draft).plan();
    new NotBefores(desired, asOf, draft).add();
    new Notices(desired, observed, asOf, draft).add();
    var looked =
        new Plan.Looked(
            desired.namespaces().size(), desired.workers().size(), desired.leaves().size());
    return Plan.of(draft, desired.file(), desired.digest(), looked, observed, asOf);
  }
}
