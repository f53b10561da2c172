package newleaf.emulator.frontend;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import newleaf.cert.Pem;
import newleaf.emulator.x509.Legibility;

/// The emulator's opinion on what the oracle is asked.
final class Presented {
  private Presented() {}

  static Verdict verdict(PathOracle.Question question) {
    try {
      Trust trust = new Trust(uploaded(question.cas()), List.of());
      return ChainVerifier.judge(shown(question.shown()), trust, question.time());
    } catch (CertificateException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Verdict.Refused("unreadable: " + cause.getMessage());
    }
  }

  /// CAs come as PEM, and none that can not be read gets in.
  private static List<X509Certificate> uploaded(List<byte[]> ders) {
    List<X509Certificate> cas = new ArrayList<>();
    for (byte[] der : ders) {
      String block = Base64.getEncoder().encodeToString(der);
      cas.addAll(
          Pem.certificates("-----BEGIN CERTIFICATE-----" + block + "-----END CERTIFICATE-----\n"));
    }
    for (X509Certificate ca : cas) {
      Legibility.problemOf(ca)
          .ifPresent(why -> {
            throw new IllegalArgumentException(why);
          });
    }
    return cas;
  }

  /// As JSSE reads them; one that can not be read ends the handshake.
  private static List<X509Certificate> shown(List<byte[]> ders) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : ders) {
      certificates.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    return certificates;
  }
}
