package newleaf.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import newleaf.observed.IssuedLeaf;
import newleaf.plan.Action;
import newleaf.plan.Step;

/// The last leaf of each place, by the journal. What a leaf was made for stands in the step before
/// the line that says it was issued.
final class Ledger {
  private final Map<String, Action.ReissueLeaf> reissues = new HashMap<>();
  private final Map<String, IssuedLeaf> latest = new TreeMap<>();

  void begun(Step step) {
    if (step.action() instanceof Action.ReissueLeaf reissue) {
      reissues.put(reissue.address(), reissue);
    }
  }

  void issued(Entry.LeafIssued leaf) {
    Optional.ofNullable(reissues.get(leaf.place()))
        .ifPresent(reissue ->
            latest.put(
                leaf.place(),
                new IssuedLeaf(
                    leaf.place(),
                    leaf.leaf(),
                    leaf.issuer(),
                    leaf.notAfter(),
                    reissue.profile(),
                    reissue.namespaces(),
                    Optional.ofNullable(latest.get(leaf.place()))
                        .map(before -> before.history(leaf.issuer()))
                        .orElse(List.of()))));
  }

  List<IssuedLeaf> latest() {
    return List.copyOf(latest.values());
  }
}
