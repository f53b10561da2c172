package newleaf.cert;

import java.time.Duration;
import java.time.Instant;

/// From when to when a certificate is good, in UTC, whole seconds, both ends included (RFC 5280
/// 4.1.2.5). One that ends before it begins holds never; such certificates are found, too.
public record Validity(Instant notBefore, Instant notAfter) {

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
