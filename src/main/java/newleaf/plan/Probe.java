package newleaf.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.CaSpec;

/// A leaf that is made to prove something. Filters judge it too, so it looks like one that they let
/// in: like a leaf of the CA if there is one, else as a filter asks.
final class Probe {
  private static final Duration VALIDITY = Duration.ofMinutes(15);
  private static final String NAME = "newleaf-probe";

  private Probe() {}

  /// @param here whoever connects to the namespace
  /// @param filters those of the namespace when it is proven
  static LeafProfile of(CaSpec spec, List<Holder> here, List<CertificateFilter> filters) {
    return here.stream()
        .filter(h -> h.leaf().ca().equals(spec.name()))
        .map(h -> h.leaf().profile())
        .filter(p -> CertificateFilter.anyMatches(filters, KnownLeaf.preview(p)))
        .findFirst()
        .map(p -> new LeafProfile(p.subject(), p.key(), VALIDITY, p.dnsNames()))
        .orElseGet(() -> passing(spec, filters));
  }

  private static LeafProfile passing(CaSpec spec, List<CertificateFilter> filters) {
    KeyAlgorithm key = spec.profile().key();
    if (filters.isEmpty()) {
      Subject subject = spec.profile().subject().withCommonName(NAME);
      return new LeafProfile(subject, key, VALIDITY, List.of());
    }
    CertificateFilter filter = filters.getFirst();
    Subject subject =
        new Subject(
            filter.commonName().map(Probe::fitting).orElse(NAME),
            filter.organization().map(Probe::fitting),
            filter.organizationalUnit().map(Probe::fitting));
    Optional<String> name = filter.subjectAlternativeName().map(Probe::fitting);
    return new LeafProfile(subject, key, VALIDITY, name.stream().toList());
  }

  /// A `*` may stand for nothing too, where there is no room for more.
  private static String fitting(String pattern) {
    String filled = pattern.replace("*", NAME);
    return filled.length() <= Subject.MAX_LENGTH ? filled : pattern.replace("*", "");
  }
}
