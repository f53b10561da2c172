package newleaf.emulator;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import newleaf.cert.HeldCertificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates for tests, wrong ones too: nothing is in it that was not asked for. The
/// default is a P-256 key, SHA-256, and a year on either side of [#NOW].
public final class TestCertificate {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final String subject;
  private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
  private KeyPair keys;
  private Optional<HeldCertificate> issuer = Optional.empty();
  private Optional<String> algorithm = Optional.empty();
  private Instant notBefore = NOW.minus(Duration.ofDays(365));
  private Instant notAfter = NOW.plus(Duration.ofDays(365));

  private TestCertificate(String subject) {
    this.subject = subject;
    this.keys = keys("EC", 256);
  }

  /// A leaf in the barest shape, as certstrap and tcld make it: no usages, no basic constraints.
  public static TestCertificate leaf(String subject, HeldCertificate issuer) {
    TestCertificate leaf = new TestCertificate(subject);
    leaf.issuer = Optional.of(issuer);
    return leaf;
  }

  /// A root CA without a path length.
  public static TestCertificate ca(String subject) {
    return new TestCertificate(subject).authority(true);
  }

  public TestCertificate authority(boolean is) {
    return with(Extension.basicConstraints, true, new BasicConstraints(is));
  }

  public TestCertificate pathLength(int length) {
    return with(Extension.basicConstraints, true, new BasicConstraints(length));
  }

  public TestCertificate notAuthority() {
    extensions.remove(Extension.basicConstraints);
    return this;
  }

  public TestCertificate issuedBy(HeldCertificate ca) {
    this.issuer = Optional.of(ca);
    return this;
  }

  /// @param usage bits of [KeyUsage]
  public TestCertificate usage(int usage) {
    return with(Extension.keyUsage, true, new KeyUsage(usage));
  }

  public TestCertificate purpose(KeyPurposeId purpose) {
    return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  public TestCertificate dnsName(String name) {
    return with(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
  }

  public TestCertificate with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      extensions.put(id, Extension.create(id, critical, value));
      return this;
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public TestCertificate until(Instant end) {
    this.notAfter = end;
    return this;
  }

  public TestCertificate from(Instant start) {
    this.notBefore = start;
    return this;
  }

  public TestCertificate key(String type, int bits) {
    this.keys = keys(type, bits);
    return this;
  }

  public TestCertificate sameKeyAs(HeldCertificate other) {
    this.keys = new KeyPair(other.certificate().getPublicKey(), other.key());
    return this;
  }

  public TestCertificate signature(String name) {
    this.algorithm = Optional.of(name);
    return this;
  }

  public HeldCertificate make() {
    X500Name name = new X500Name(subject);
    X500Name issuerName =
        issuer
            .map(i -> X500Name.getInstance(i.certificate().getSubjectX500Principal().getEncoded()))
            .orElse(name);
    PrivateKey signing = issuer.map(HeldCertificate::key).orElse(keys.getPrivate());
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            BigInteger.valueOf(SERIALS.getAndIncrement()),
            Date.from(notBefore),
            Date.from(notAfter),
            name,
            keys.getPublic());
    return new HeldCertificate(sign(builder, signing), keys.getPrivate());
  }

  private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signing) {
    try {
      for (Extension extension : extensions.values()) {
        builder.addExtension(extension);
      }
      String usual =
          switch (signing.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EdDSA" -> "Ed25519";
            default -> "SHA256withECDSA";
          };
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm.orElse(usual)).build(signing)));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(String type, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (!type.equals("Ed25519")) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
