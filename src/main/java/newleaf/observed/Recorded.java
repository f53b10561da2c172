package newleaf.observed;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import newleaf.cert.Fingerprint;

/// What earlier runs wrote down and the world does not show.
///
/// @param ourCas every CA that newleaf made: only these (or ones the user names) are ever removed
/// @param gatesOpenedAt when a gate began to wait, by gate id
/// @param approvals gate ids that a person approved
public record Recorded(
    Set<Fingerprint> ourCas, Map<String, Instant> gatesOpenedAt, Set<String> approvals) {
  public static final Recorded NOTHING = new Recorded(Set.of(), Map.of(), Set.of());

  public Recorded {
    ourCas = Set.copyOf(ourCas);
    gatesOpenedAt = Map.copyOf(gatesOpenedAt);
    approvals = Set.copyOf(approvals);
  }
}
