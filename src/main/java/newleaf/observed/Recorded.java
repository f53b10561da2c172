package newleaf.observed;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What earlier runs wrote down and the world does not show.
///
/// @param gatesOpenedAt when a gate began to wait, by gate id
/// @param approvals gate ids that a person approved
/// @param journal how far the journal was
/// @param putBack addresses of CAs that were removed and put back, because workers dropped
/// @param issued the issuance ledger: the last leaf of each place that newleaf ever wrote to
public record Recorded(
    JournalPosition journal,
    Map<String, Instant> gatesOpenedAt,
    Set<String> approvals,
    Set<String> putBack,
    List<IssuedLeaf> issued) {
  public static final Recorded NOTHING =
      new Recorded(JournalPosition.START, Map.of(), Set.of(), Set.of(), List.of());

  public Recorded {
    // sorted, so that they print alike each time
    gatesOpenedAt = Collections.unmodifiableSortedMap(new TreeMap<>(gatesOpenedAt));
    approvals = Collections.unmodifiableSortedSet(new TreeSet<>(approvals));
    putBack = Collections.unmodifiableSortedSet(new TreeSet<>(putBack));
    issued = List.copyOf(issued);
  }
}
