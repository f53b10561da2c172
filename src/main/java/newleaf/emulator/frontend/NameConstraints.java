package newleaf.emulator.frontend;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;

/// The JDK's own path validation (RFC 5280 6.1), for the rest: name constraints and malformed
/// chains.
final class NameConstraints {
  private static final String OID = "2.5.29.30";

  private NameConstraints() {}

  /// @param chain leaf first, anchor last
  static Optional<String> problem(List<X509Certificate> chain, Instant now) {
    X509Certificate anchor = chain.getLast();
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(chain.subList(0, chain.size() - 1));
      // the JDK ignores the constraints in an anchor unless they are given apart
      PKIXParameters parameters =
          new PKIXParameters(Set.of(new TrustAnchor(anchor, constraintsOf(anchor))));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of(IssuerRules.text(chain.getFirst()) + ": " + e.getMessage());
    }
  }

  private static byte[] constraintsOf(X509Certificate anchor) {
    byte[] wrapped = anchor.getExtensionValue(OID);
    return wrapped == null ? null : ASN1OctetString.getInstance(wrapped).getOctets();
  }
}
