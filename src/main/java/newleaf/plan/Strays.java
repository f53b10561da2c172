package newleaf.plan;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.Sweep;

/// Secrets that the YAML does not name and that hold a leaf of a CA on its way out. Whoever loads
/// one would be locked out, and nobody else could know.
record Strays(Observed observed, Draft draft, Instant asOf) {

  /// Each has to be vouched for before the steps that would lock its leaf out.
  ///
  /// @param steps that remove the CA, by namespace
  void ask(ObservedCa old, List<String> after, Map<String, String> steps) {
    Set<String> asked = unmanaged();
    for (Sweep.Stray stray : of(old)) {
      List<String> before =
          steps.keySet().stream().filter(n -> letsIn(n, stray)).map(steps::get).toList();
      if (!before.isEmpty() && !asked.contains(stray.place().address())) {
        String id = "undeclared/" + old.address() + "/" + stray.place().address();
        draft.gates.add(
            new Gate.Approval(
                id,
                after,
                before,
                ("%s is not in the YAML and holds a leaf of %s (%s) until %s; name it under"
                        + " clients, or does nobody use it?")
                    .formatted(
                        stray.place().address(),
                        old.address(),
                        stray.leaf().subject().value(),
                        stray.leaf().validity().notAfter()),
                observed.recorded().approvals().contains(id)));
      }
    }
  }

  /// Those that newleaf once wrote are asked about already.
  private Set<String> unmanaged() {
    Set<String> places = new HashSet<>();
    KnownLeaf.unmanaged(draft.holders, observed, asOf).forEach(l -> places.add(l.place()));
    return places;
  }

  /// As it is now: filters may become narrower before, and then somebody has said yes to that.
  private boolean letsIn(String namespace, Sweep.Stray stray) {
    return observed
        .namespace(namespace)
        .filter(n -> CertificateFilter.anyMatches(n.filters(), stray.leaf()))
        .isPresent();
  }

  List<Sweep.Stray> of(ObservedCa old) {
    var sameKey = SameKey.of(observed.generations(old.name()), old).fingerprints();
    return observed.sweep().stream()
        .flatMap(sweep -> sweep.strays().stream())
        .filter(s -> sameKey.contains(s.issuedBy()))
        .filter(s -> !s.leaf().validity().expiredAt(asOf))
        .toList();
  }

  /// The places that a removal was planned in spite of.
  List<LeafPlace> places() {
    return observed.sweep().stream()
        .flatMap(sweep -> sweep.strays().stream())
        .map(Sweep.Stray::place)
        .distinct()
        .toList();
  }
}
