package newleaf.emulator.frontend;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Validity;
import newleaf.emulator.x509.Legibility;
import newleaf.emulator.x509.Strength;

/// Whether one certificate may stand above a chain, as Go's crypto/x509 asks of intermediates and
/// anchors alike. The JDK asks nothing of an anchor: not its dates, not its path length.
final class IssuerRules {
  private static final int KEY_CERT_SIGN = 5;

  private IssuerRules() {}

  /// Byte for byte, as Go compares when it looks for an issuer.
  static boolean named(X509Certificate issuer, X509Certificate child) {
    return Arrays.equals(
        issuer.getSubjectX500Principal().getEncoded(), child.getIssuerX500Principal().getEncoded());
  }

  /// Why the issuer, who signed its last one, can not stand above the chain (leaf first), or empty.
  static Optional<String> problem(
      X509Certificate issuer, List<X509Certificate> chain, Instant now) {
    String name = text(issuer) + " ";
    boolean[] usage = issuer.getKeyUsage();
    if (issuer.getBasicConstraints() < 0) {
      return Optional.of(name + "is not a CA certificate");
    }
    if (restricted(usage) && !usage[KEY_CERT_SIGN]) {
      return Optional.of(name + "has a key usage without certificate signing");
    }
    if (chain.size() - 1 > issuer.getBasicConstraints()) {
      return Optional.of(name + "allows fewer intermediates than there are below it");
    }
    return common(issuer, now);
  }

  /// Why the certificate can have no place in a chain, be it leaf or CA, or empty.
  static Optional<String> common(X509Certificate certificate, Instant now) {
    Validity validity =
        new Validity(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    if (validity.expiredAt(now)) {
      return Optional.of(text(certificate) + " expired at " + validity.notAfter());
    }
    if (!validity.startedAt(now)) {
      return Optional.of(text(certificate) + " is not valid before " + validity.notBefore());
    }
    if (Legibility.unhandledCritical(certificate)) {
      return Optional.of(text(certificate) + " has a critical extension that is not understood");
    }
    return Legibility.problemOf(certificate)
        .or(() -> Strength.problemOf(certificate))
        .map(why -> text(certificate) + " " + why);
  }

  static String text(X509Certificate certificate) {
    return "'" + DistinguishedName.of(certificate.getSubjectX500Principal()).value() + "'";
  }

  /// A usage without a single bit says nothing.
  private static boolean restricted(boolean[] usage) {
    if (usage != null) {
      for (boolean bit : usage) {
        if (bit) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean signed(X509Certificate issuer, X509Certificate child) {
    try {
      child.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false; // whatever is wrong with the signature, it proves nothing
    }
  }
}
