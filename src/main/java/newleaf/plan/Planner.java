package newleaf.plan;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.observed.Observed;

/// Makes the plan: one rotation per CA, in the order of the file.
public final class Planner {
  private Planner() {}

  public static Plan plan(Desired desired, Observed observed, Instant asOf) {
    Draft draft = new Draft(observed);
    for (CaSpec ca : desired.cas()) {
      new Rotation(desired, observed, asOf, ca, draft).plan();
    }
    foreignCasEnd(draft, observed, asOf);
    var looked =
        new Plan.Looked(
            desired.namespaces().size(), desired.workers().size(), desired.leaves().size());
    return Plan.of(draft, desired.file(), desired.digest(), looked, observed, asOf);
  }

  /// Nobody else watches them, and one that has expired blocks every update of its namespace.
  private static void foreignCasEnd(Draft draft, Observed observed, Instant asOf) {
    Set<Fingerprint> ours =
        observed.cas().stream().map(c -> c.certificate().fingerprint()).collect(Collectors.toSet());
    observed.namespaces().stream()
        .flatMap(n -> n.acceptedClientCas().stream())
        .filter(c -> !ours.contains(c.fingerprint()) && !c.validity().expiredAt(asOf))
        .forEach(c -> draft.expiry(Outlook.foreign(c), c.validity().notAfter()));
  }
}
