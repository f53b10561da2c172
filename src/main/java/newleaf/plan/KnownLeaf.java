package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.cert.Validity;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;

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

  /// What lies at the places of those who connect to a namespace now, and what the ledger knows of
  /// other places.
  static List<KnownLeaf> now(String namespace, Survey survey, Draft draft) {
    return known(namespace, draft, place -> found(survey, place));
  }

  /// The same after the reissues that are drafted so far.
  static List<KnownLeaf> then(String namespace, Survey survey, Draft draft) {
    return known(
        namespace,
        draft,
        place -> draft.index.reissue(place).map(KnownLeaf::coming).or(() -> found(survey, place)));
  }

  private static Certificate coming(Action.ReissueLeaf reissue) {
    return preview(reissue.profile());
  }

  private static Optional<Certificate> found(Survey survey, LeafPlace place) {
    return survey.leaf(place).flatMap(ObservedLeaf::certificate);
  }

  private static List<KnownLeaf> known(
      String namespace, Draft draft, Function<LeafPlace, Optional<Certificate>> leafAt) {
    List<KnownLeaf> known = new ArrayList<>();
    for (Holder holder : draft.holders.in(namespace)) {
      LeafPlace place = holder.target().place();
      leafAt
          .apply(place)
          .ifPresent(leaf ->
              known.add(new KnownLeaf(place.address(), leaf, holder.target().namespaces(), true)));
    }
    known.addAll(draft.holders.forgottenIn(namespace));
    return known.stream().distinct().toList();
  }

  /// One that newleaf put at a place that is no longer in the YAML.
  static KnownLeaf forgotten(IssuedLeaf leaf) {
    return new KnownLeaf(leaf.place(), preview(leaf.profile()), leaf.namespaces(), false);
  }

  /// The leaf of a profile as it will look to a filter.
  static Certificate preview(LeafProfile profile) {
    Validity any = new Validity(Instant.EPOCH, Instant.MAX);
    DistinguishedName subject = new DistinguishedName(profile.subject().text());
    return new Certificate(
        NOT_ISSUED, subject, subject, any, profile.dnsNames(), profile.key().text(), false);
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
