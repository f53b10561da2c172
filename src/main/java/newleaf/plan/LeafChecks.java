package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.desired.LeafSpec;
import newleaf.observed.ObservedLeaf;

/// Must a leaf be reissued, and why. The first check that answers wins.
final class LeafChecks {
  private LeafChecks() {}

  /// @param issuers the CA it shall come from, in every generation with its key; none while its key
  ///   is still to be made
  /// @param ca that CA's address, for the reason
  static Optional<Reason> due(
      LeafSpec spec, ObservedLeaf found, Set<Fingerprint> issuers, String ca, Instant asOf) {
    return unusable(spec, found, issuers, ca, asOf)
        .or(() -> found.certificate().flatMap(leaf -> specChanged(spec.profile(), leaf)));
  }

  /// The same, of a leaf that somebody else made and that may look as it does.
  static Optional<Reason> unusable(
      LeafSpec spec, ObservedLeaf found, Set<Fingerprint> issuers, String ca, Instant asOf) {
    if (found.certificate().isEmpty()) {
      return Optional.of(new Reason.Missing());
    }
    Certificate leaf = found.certificate().get();
    return ExpiryChecks.expired(leaf, asOf)
        .or(() -> keyMismatch(found))
        .or(() -> wrongIssuer(leaf, found, issuers, ca))
        .or(() -> ExpiryChecks.nearing(leaf, spec.renewBefore(), asOf));
  }

  private static Optional<Reason> keyMismatch(ObservedLeaf found) {
    return found.keyMatches() ? Optional.empty() : Optional.of(new Reason.KeyMismatch());
  }

  private static Optional<Reason> wrongIssuer(
      Certificate leaf, ObservedLeaf found, Set<Fingerprint> issuers, String ca) {
    return found.issuedBy().filter(issuers::contains).isPresent()
        ? Optional.empty()
        : Optional.of(new Reason.WrongIssuer(leaf.issuer().value(), ca));
  }

  private static Optional<Reason> specChanged(LeafProfile wanted, Certificate leaf) {
    String is = leaf.subject().value();
    if (!leaf.subject().commonName().equals(Optional.of(wanted.subject().commonName()))
        || !leaf.subject().organization().equals(wanted.subject().organization())
        || !leaf.subject().organizationalUnit().equals(wanted.subject().organizationalUnit())) {
      return Optional.of(new Reason.SpecChanged("subject", is, wanted.subject().text()));
    }
    if (!leaf.key().equals(wanted.key().text())) {
      return Optional.of(new Reason.SpecChanged("key", leaf.key(), wanted.key().text()));
    }
    List<String> names = leaf.subjectAlternativeNames();
    return names.equals(wanted.dnsNames())
        ? Optional.empty()
        : Optional.of(
            new Reason.SpecChanged(
                "dnsNames", String.join(", ", names), String.join(", ", wanted.dnsNames())));
  }
}
