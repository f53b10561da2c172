package newleaf.plan;

import java.util.List;
import java.util.Map;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.Sweep;

/// Secrets that the YAML does not name and that hold a leaf of a CA on its way out. Whoever loads
/// one would be locked out, and nobody else could know.
record Strays(Survey survey, Draft draft) {

  /// Each has to be vouched for before the steps that would lock its leaf out.
  ///
  /// @param steps that remove the CA, by namespace
  void ask(ObservedCa old, List<String> after, Map<String, String> steps) {
    for (Sweep.Stray stray : of(old)) {
      List<String> before =
          steps.keySet().stream().filter(n -> letsIn(n, stray)).map(steps::get).toList();
      if (!before.isEmpty() && !draft.holders.isForgotten(stray.place())) {
        String id = "undeclared/" + old.address() + "/" + stray.place().address();
        draft.gate(
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
                survey.recorded().approvals().contains(id)));
      }
    }
  }

  /// As it is now: filters may become narrower before, and then somebody has said yes to that.
  private boolean letsIn(String namespace, Sweep.Stray stray) {
    return survey
        .namespace(namespace)
        .filter(n -> CertificateFilter.anyMatches(n.filters(), stray.leaf()))
        .isPresent();
  }

  List<Sweep.Stray> of(ObservedCa old) {
    var sameKey = survey.sameKey(old);
    return survey.observed.sweep().stream()
        .flatMap(sweep -> sweep.strays().stream())
        .filter(s -> sameKey.contains(s.issuedBy()))
        .filter(s -> !s.leaf().validity().expiredAt(survey.asOf))
        .toList();
  }

  /// The places that a removal was planned in spite of.
  static List<LeafPlace> places(Observed observed) {
    return observed.sweep().stream()
        .flatMap(sweep -> sweep.strays().stream())
        .map(Sweep.Stray::place)
        .distinct()
        .toList();
  }
}
