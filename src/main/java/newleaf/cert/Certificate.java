package newleaf.cert;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// The facts of a certificate that planning needs; no key, no DER.
///
/// @param subjectAlternativeNames DNS, URI, e-mail and IP names as text
/// @param key for example `ec-p256`; other algorithms by the JDK's name
/// @param authority basicConstraints say CA
public record Certificate(
    Fingerprint fingerprint,
    DistinguishedName subject,
    DistinguishedName issuer,
    Validity validity,
    List<String> subjectAlternativeNames,
    String key,
    boolean authority) {
  public Certificate {
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  public static Certificate of(X509Certificate x509) {
    return new Certificate(
        Fingerprint.of(x509),
        DistinguishedName.of(x509.getSubjectX500Principal()),
        DistinguishedName.of(x509.getIssuerX500Principal()),
        new Validity(x509.getNotBefore().toInstant(), x509.getNotAfter().toInstant()),
        alternativeNames(x509),
        keyText(x509.getPublicKey()),
        x509.getBasicConstraints() >= 0);
  }

  private static List<String> alternativeNames(X509Certificate x509) {
    try {
      Collection<List<?>> names = x509.getSubjectAlternativeNames();
      return names == null ? List.of() : names.stream().map(n -> String.valueOf(n.get(1))).toList();
    } catch (CertificateParsingException _) {
      return List.of(); // names that can not be read match no filter
    }
  }

  static String keyText(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "rsa-" + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "ec-p" + ec.getParams().getCurve().getField().getFieldSize();
      case PublicKey other -> other.getAlgorithm().toLowerCase(Locale.ROOT);
    };
  }

  public boolean selfIssued() {
    return subject.sameAs(issuer);
  }
}
