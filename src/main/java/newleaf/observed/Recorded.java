package newleaf.observed;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// What earlier runs wrote down and the world does not show.
///
/// @param gatesOpenedAt when a gate began to wait, by gate id
/// @param approvals gate ids that a person approved
public record Recorded(Map<String, Instant> gatesOpenedAt, Set<String> approvals) {
  public static final Recorded NOTHING = new Recorded(Map.of(), Set.of());

  public Recorded {
    gatesOpenedAt = Map.copyOf(gatesOpenedAt);
    approvals = Set.copyOf(approvals);
  }
}
