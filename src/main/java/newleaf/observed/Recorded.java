package newleaf.observed;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What earlier runs wrote down and the world does not show.
///
/// @param gatesOpenedAt when a gate began to wait, by gate id
/// @param approvals gate ids that a person approved
/// @param journal how far the journal was
/// @param putBack addresses of CAs that were removed and put back, because workers dropped
/// @param rolledBack the last rollback of each CA that ever had one
/// @param issued the issuance ledger: the last leaf of each place that newleaf ever wrote to
public record Recorded(
    JournalPosition journal,
    Map<String, Instant> gatesOpenedAt,
    Set<String> approvals,
    Set<String> putBack,
    List<RolledBack> rolledBack,
    List<IssuedLeaf> issued) {
  public static final Recorded NOTHING =
      new Recorded(JournalPosition.START, Map.of(), Set.of(), Set.of(), List.of(), List.of());

  public Recorded {
    // sorted, so that they print alike each time
    gatesOpenedAt = Collections.unmodifiableSortedMap(new TreeMap<>(gatesOpenedAt));
    approvals = Collections.unmodifiableSortedSet(new TreeSet<>(approvals));
    putBack = Collections.unmodifiableSortedSet(new TreeSet<>(putBack));
    rolledBack = List.copyOf(rolledBack);
    issued = List.copyOf(issued);
  }

  public Optional<RolledBack> rolledBack(String ca) {
    return rolledBack.stream().filter(r -> r.ca().equals(ca)).findFirst();
  }

  /// The same after one more rollback.
  public Recorded with(RolledBack latest) {
    return new Recorded(
        journal,
        gatesOpenedAt,
        approvals,
        putBack,
        Stream.concat(
                rolledBack.stream().filter(r -> !r.ca().equals(latest.ca())), Stream.of(latest))
            .toList(),
        issued);
  }
}
