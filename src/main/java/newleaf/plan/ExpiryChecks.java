package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.desired.Located;

/// The checks on dates, the same for a CA and for a leaf.
final class ExpiryChecks {
  private ExpiryChecks() {}

  static Optional<Reason> expired(Certificate certificate, Instant asOf) {
    return certificate.validity().expiredAt(asOf)
        ? Optional.of(new Reason.Expired(certificate.validity().notAfter()))
        : Optional.empty();
  }

  static Optional<Reason> nearing(
      Certificate certificate, Located<Duration> renewBefore, Instant asOf) {
    Instant renewAt = certificate.validity().renewAt(renewBefore.value());
    return asOf.isBefore(renewAt)
        ? Optional.empty()
        : Optional.of(
            new Reason.NearingExpiry(
                certificate.validity().notAfter(),
                renewAt,
                renewBefore.value(),
                renewBefore.source()));
  }
}
