package newleaf.plan;

import java.time.Instant;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.Observed;

/// Makes the plan: one rotation per CA, in the order of the file.
public final class Planner {
  private Planner() {}

  public static Plan plan(Desired desired, Observed observed, Instant asOf) {
    Draft draft = new Draft();
    for (CaSpec ca : desired.cas()) {
      new Rotation(desired, observed, asOf, ca, draft).plan();
    }
    return new Plan(
        Plan.FORMAT_VERSION,
        asOf,
        desired.file(),
        desired.digest(),
        desired.namespaces().size(),
        desired.workers().size(),
        desired.leaves().size(),
        draft.steps,
        draft.gates,
        draft.blockers,
        draft.upcomingSorted(),
        draft.firstDeadline(),
        draft.known);
  }
}
