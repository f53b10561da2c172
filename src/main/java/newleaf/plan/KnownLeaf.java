package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.cert.Validity;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;

/// A leaf that somebody holds, or will hold when the steps of a plan are done.
///
/// @param leaf as far as a filter looks at it
/// @param namespaces where its holders connect to
/// @param managed its place is in the YAML
record KnownLeaf(String address, Certificate leaf, List<String> namespaces, boolean managed) {
  private static final Fingerprint NOT_ISSUED = new Fingerprint("0".repeat(64));

  KnownLeaf {
    namespaces = List.copyOf(namespaces);
  }

  /// What lies at the places now, and what the ledger knows of other places.
  static List<KnownLeaf> now(List<Holder> holders, Observed observed, Instant asOf) {
    return known(holders, observed, Map.of(), asOf);
  }

  /// The same after the reissues that are drafted so far.
  static List<KnownLeaf> then(List<Holder> holders, Observed observed, Draft draft, Instant asOf) {
    Map<LeafPlace, LeafProfile> coming = new LinkedHashMap<>();
    for (Step step : draft.steps) {
      if (step.action() instanceof Action.ReissueLeaf leaf) {
        coming.put(leaf.place(), leaf.profile());
      }
    }
    return known(holders, observed, coming, asOf);
  }

  private static List<KnownLeaf> known(
      List<Holder> holders, Observed observed, Map<LeafPlace, LeafProfile> coming, Instant asOf) {
    List<KnownLeaf> known = new ArrayList<>();
    for (Holder holder : holders) {
      LeafPlace place = holder.target().place();
      Optional.ofNullable(coming.get(place))
          .map(KnownLeaf::preview)
          .or(() -> observed.leaf(place).flatMap(l -> l.certificate()))
          .ifPresent(leaf ->
              known.add(new KnownLeaf(place.address(), leaf, holder.target().namespaces(), true)));
    }
    for (IssuedLeaf leaf : unmanaged(holders, observed, asOf)) {
      known.add(new KnownLeaf(leaf.place(), preview(leaf.profile()), leaf.namespaces(), false));
    }
    return known.stream().distinct().toList();
  }

  /// Unexpired leaves of newleaf's at places that are no longer in the YAML.
  static List<IssuedLeaf> unmanaged(List<Holder> holders, Observed observed, Instant asOf) {
    Set<String> places = new HashSet<>();
    holders.forEach(h -> places.add(h.target().place().address()));
    return observed.recorded().issued().stream()
        .filter(l -> !places.contains(l.place()) && !asOf.isAfter(l.notAfter()))
        .toList();
  }

  /// The leaf of a profile as it will look to a filter.
  static Certificate preview(LeafProfile profile) {
    Validity any = new Validity(Instant.EPOCH, Instant.MAX);
    DistinguishedName subject = new DistinguishedName(profile.subject().text());
    return new Certificate(
        NOT_ISSUED, subject, subject, any, profile.dnsNames(), profile.key().text(), false);
  }

  boolean isFor(String namespace) {
    return namespaces.contains(namespace);
  }

  boolean passes(List<CertificateFilter> filters) {
    return CertificateFilter.anyMatches(filters, leaf);
  }

  /// `secret/a/b (CN=x, SAN y)`
  String text() {
    List<String> names = leaf.subjectAlternativeNames();
    return "%s (%s, %s)"
        .formatted(
            address,
            leaf.subject().value(),
            names.isEmpty() ? "no SAN" : "SAN " + String.join(" ", names));
  }
}
