package newleaf.plan;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.Observed;
import newleaf.observed.ObservedNamespace;

/// What newleaf sees and leaves alone.
record Notices(Desired desired, Observed observed, Instant asOf, Draft draft) {

  void add() {
    Set<Fingerprint> ours =
        observed.cas().stream().map(c -> c.certificate().fingerprint()).collect(Collectors.toSet());
    for (ObservedNamespace namespace : observed.namespaces()) {
      namespace.acceptedClientCas().stream()
          .filter(c -> !ours.contains(c.fingerprint()))
          .forEach(c -> foreign(namespace, c));
    }
    unmanaged(KnownLeaf.unmanaged(draft.holders, observed, asOf));
  }

  /// Nobody else watches it, and one that has expired blocks every update of its namespace that
  /// does not drop it.
  private void foreign(ObservedNamespace namespace, Certificate ca) {
    if (!ca.validity().expiredAt(asOf)) {
      draft.expiry(Outlook.foreign(ca), ca.validity().notAfter());
    } else if (!draft.dropsAtOnce(ca.fingerprint(), namespace.name())) {
      draft.notices.add(
          new Notice(
              Notice.What.EXPIRED_FOREIGN_CA,
              "namespace/" + namespace.name(),
              "%s (%s)".formatted(ca.subject().value(), ca.fingerprint().shortText()),
              ca.validity().notAfter()));
    }
  }

  private void unmanaged(List<IssuedLeaf> leaves) {
    Set<String> managed = new HashSet<>();
    desired.namespaces().stream().map(NamespaceSpec::name).forEach(managed::add);
    Map<String, Instant> namespaces = new TreeMap<>();
    for (IssuedLeaf leaf : leaves) {
      draft.notices.add(
          new Notice(
              Notice.What.UNMANAGED_LEAF,
              leaf.place(),
              leaf.profile().subject().text(),
              leaf.notAfter()));
      leaf.namespaces().stream()
          .filter(n -> !managed.contains(n))
          .forEach(n -> namespaces.merge(n, leaf.notAfter(), Notices::later));
    }
    namespaces.forEach((name, until) ->
        draft.notices.add(
            new Notice(
                Notice.What.UNMANAGED_NAMESPACE, "namespace/" + name, "leaves for it", until)));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
