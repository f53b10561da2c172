package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import newleaf.cert.Certificate;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.ObservedNamespace;

/// What newleaf sees and leaves alone.
record Notices(Survey survey, Draft draft) {

  void add() {
    for (ObservedNamespace namespace : survey.observed.namespaces()) {
      namespace.acceptedClientCas().stream()
          .filter(c -> survey.ca(c.fingerprint()).isEmpty())
          .forEach(c -> foreign(namespace, c));
    }
    unmanaged(draft.holders.forgotten());
  }

  /// Nobody else watches it, and one that has expired blocks every update of its namespace that
  /// does not drop it.
  private void foreign(ObservedNamespace namespace, Certificate ca) {
    if (!ca.validity().expiredAt(survey.asOf)) {
      draft.expiry(Outlook.foreign(ca), ca.validity().notAfter());
    } else if (!draft.dropsAtOnce(ca.fingerprint(), namespace.name())) {
      draft.notice(
          new Notice(
              Notice.What.EXPIRED_FOREIGN_CA,
              "namespace/" + namespace.name(),
              "%s (%s)".formatted(ca.subject().value(), ca.fingerprint().shortText()),
              ca.validity().notAfter()));
    }
  }

  private void unmanaged(List<IssuedLeaf> leaves) {
    Map<String, Instant> namespaces = new TreeMap<>();
    for (IssuedLeaf leaf : leaves) {
      draft.notice(
          new Notice(
              Notice.What.UNMANAGED_LEAF,
              leaf.place(),
              leaf.profile().subject().text(),
              leaf.notAfter()));
      leaf.namespaces().stream()
          .filter(n -> survey.wanted.namespace(n).isEmpty())
          .forEach(n -> namespaces.merge(n, leaf.notAfter(), Notices::later));
    }
    namespaces.forEach((name, until) ->
        draft.notice(
            new Notice(
                Notice.What.UNMANAGED_NAMESPACE, "namespace/" + name, "leaves for it", until)));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
