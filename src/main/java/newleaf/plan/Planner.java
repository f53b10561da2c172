package newleaf.plan;

import java.time.Instant;
import java.util.Optional;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.Observed;

/// Makes the plan: one rotation per CA, in the order of the file.
public final class Planner {
  private Planner() {}

  public static Plan plan(Desired desired, Observed observed, Instant asOf) {
    return plan(desired, observed, asOf, Optional.empty());
  }

  /// @param wish plan this rollback only, as if the journal had it already
  public static Plan plan(
      Desired desired, Observed observed, Instant asOf, Optional<Rollback> wish) {
    Optional<Rollback> rollback = wish.map(r -> r.in(observed.recorded()));
    Observed then =
        rollback
            .map(r -> observed.recorded().with(r.entry(observed.recorded(), asOf)))
            .map(observed::with)
            .orElse(observed);
    Survey survey = new Survey(desired, then, asOf);
    return plan(survey, new Draft(survey, rollback));
  }

  private static Plan plan(Survey survey, Draft draft) {
    Desired desired = survey.wanted.desired;
    Guards.oneWayForEachWorkload(draft, draft.holders.all());
    for (CaSpec ca : desired.cas()) {
      if (draft.rollback.isEmpty() || draft.rollback.get().ca().equals(ca.name())) {
        new Rotation(survey, ca, draft).plan();
      }
    }
    if (draft.rollback.isEmpty()) {
      new Dropped(survey, draft).plan();
      new NotBefores(survey, draft).add(); // whoever goes back can not wait for a window
    }
    new Notices(survey, draft).add();
    var looked =
        new Plan.Looked(
            desired.namespaces().size(), desired.workers().size(), desired.leaves().size());
    return Plan.of(draft, desired.file(), desired.digest(), looked, survey);
  }
}
