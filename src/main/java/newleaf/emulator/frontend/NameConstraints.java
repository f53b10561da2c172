package newleaf.emulator.frontend;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// Name constraints (RFC 5280 4.2.1.10) along a chain. By Bouncy Castle, because the JDK has none
/// in a trust anchor, and here the anchor is the CA that sets them.
final class NameConstraints {
  private NameConstraints() {}

  /// @param chain leaf first, anchor last
  static Optional<String> problem(List<X509Certificate> chain) {
    PKIXNameConstraintValidator above = new PKIXNameConstraintValidator();
    for (X509Certificate certificate : chain.reversed()) {
      try {
        check(certificate, above);
        add(certificate, above);
      } catch (NameConstraintValidatorException | IOException | IllegalArgumentException e) {
        return Optional.of(
            IssuerRules.text(certificate) + " breaks a name constraint: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static void check(X509Certificate certificate, PKIXNameConstraintValidator above)
      throws NameConstraintValidatorException, IOException {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    above.checkPermittedDN(subject);
    above.checkExcludedDN(subject);
    Optional<ASN1Primitive> names =
        extension(certificate, Extension.subjectAlternativeName.getId());
    if (names.isPresent()) {
      for (GeneralName name : GeneralNames.getInstance(names.get()).getNames()) {
        above.checkPermitted(name);
        above.checkExcluded(name);
      }
    }
  }

  private static void add(X509Certificate certificate, PKIXNameConstraintValidator above)
      throws IOException {
    Optional<ASN1Primitive> value = extension(certificate, Extension.nameConstraints.getId());
    if (value.isEmpty()) {
      return;
    }
    org.bouncycastle.asn1.x509.NameConstraints own =
        org.bouncycastle.asn1.x509.NameConstraints.getInstance(value.get());
    if (own.getPermittedSubtrees() != null) {
      above.intersectPermittedSubtree(own.getPermittedSubtrees());
    }
    if (own.getExcludedSubtrees() != null) {
      for (GeneralSubtree excluded : own.getExcludedSubtrees()) {
        above.addExcludedSubtree(excluded);
      }
    }
  }

  private static Optional<ASN1Primitive> extension(X509Certificate certificate, String id)
      throws IOException {
    byte[] wrapped = certificate.getExtensionValue(id);
    return wrapped == null
        ? Optional.empty()
        : Optional.of(JcaX509ExtensionUtils.parseExtensionValue(wrapped));
  }
}
