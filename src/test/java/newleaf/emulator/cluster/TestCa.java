package newleaf.emulator.cluster;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import newleaf.cert.HeldCertificate;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues leaves that are good enough to be stored and compared.
public final class TestCa {
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  public TestCa(String commonName) {
    name = new X500Principal("CN=" + commonName);
    keys = keys("EC", 256);
    certificate = certificate(name, keys);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public HeldCertificate leaf(String commonName) {
    return leaf(commonName, keys("EC", 256));
  }

  public HeldCertificate rsaLeaf(String commonName) {
    return leaf(commonName, keys("RSA", 2048));
  }

  private HeldCertificate leaf(String commonName, KeyPair leafKeys) {
    X509Certificate leaf = certificate(new X500Principal("CN=" + commonName), leafKeys);
    return new HeldCertificate(leaf, leafKeys.getPrivate());
  }

  private X509Certificate certificate(X500Principal subject, KeyPair subjectKeys) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(FROM),
              Date.from(FROM.plus(900, ChronoUnit.DAYS)),
              subject,
              subjectKeys.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
