package newleaf.cert;

import java.time.Duration;
import java.time.Instant;

/// From when to when a certificate is good, in UTC, whole seconds, both ends included (RFC 5280
/// 4.1.2.5).
public record Validity(Instant notBefore, Instant notAfter) {
  public Validity {
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException(
          "notAfter " + notAfter + " is before notBefore " + notBefore);
    }
  }

  /// When a certificate that shall be replaced `renewBefore` its end becomes due. The only
  /// subtraction.
  public Instant renewAt(Duration renewBefore) {
    return notAfter.minus(renewBefore);
  }

  public boolean expiredAt(Instant asOf) {
    return asOf.isAfter(notAfter);
  }

  public boolean startedAt(Instant asOf) {
    return !asOf.isBefore(notBefore);
  }

  public boolean holdsAt(Instant asOf) {
    return startedAt(asOf) && !expiredAt(asOf);
  }
}
