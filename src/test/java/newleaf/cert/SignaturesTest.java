package newleaf.cert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignaturesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Subject SUBJECT = new Subject("ca", Optional.empty(), Optional.empty());

  private static CertificateAuthority authority(KeyAlgorithm algorithm) {
    var profile = new CaProfile(SUBJECT, algorithm, Duration.ofDays(10));
    return CertificateAuthority.selfSigned(profile, 1, NOW, RANDOM);
  }

  private static X509Certificate leaf(CertificateAuthority authority) {
    return held(authority).certificate();
  }

  @ParameterizedTest
  @EnumSource(names = "RSA_4096", mode = EnumSource.Mode.EXCLUDE) // seconds for each key
  void onlyTheKeyThatSignedVerifies(KeyAlgorithm algorithm) {
    CertificateAuthority ca = authority(algorithm);
    X509Certificate leaf = leaf(ca);
    assertThat(Signatures.verifies(ca.certificate(), leaf)).isTrue();
    assertThat(Signatures.verifies(ca.certificate(), ca.certificate())).isTrue();
    assertThat(Signatures.verifies(authority(algorithm).certificate(), leaf)).isFalse();
    for (KeyAlgorithm other : List.of(KeyAlgorithm.EC_P384, KeyAlgorithm.RSA_2048)) {
      assertThat(Signatures.verifies(authority(other).certificate(), leaf)).isFalse();
    }
  }

  /// The JDK verifies it as well, more slowly.
  @ParameterizedTest
  @EnumSource(names = {"EC_P256", "EC_P384"})
  void saysOfEveryChangedCertificateWhatTheJdkSays(KeyAlgorithm algorithm) throws Exception {
    long seed = RANDOM.nextLong(1_000_000);
    System.out.println("SignaturesTest: seed " + seed);
    Random random = new Random(seed);
    CertificateAuthority ca = authority(algorithm);
    byte[] good = leaf(ca).getEncoded();
    int parsed = 0;
    for (int i = 0; i < 500; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      Optional<X509Certificate> certificate = parse(changed);
      if (certificate.isPresent()) {
        parsed++;
        assertThat(Signatures.verifies(ca.certificate(), certificate.get()))
            .isEqualTo(jdk(ca.certificate(), certificate.get()));
      }
    }
    assertThat(parsed).isGreaterThan(100);
  }

  @Test
  void signatureOfNothingButZerosIsNone() throws Exception {
    CertificateAuthority ca = authority(KeyAlgorithm.EC_P256);
    byte[] zeros = leaf(ca).getEncoded();
    int length = leaf(ca).getSignature().length;
    for (int i = zeros.length - length + 4; i < zeros.length; i++) {
      zeros[i] = 0;
    }
    assertThat(parse(zeros))
        .hasValueSatisfying(c -> assertThat(Signatures.verifies(ca.certificate(), c)).isFalse());
  }

  /// Made by whoever has the key, so it is no forgery; but nobody else takes it for a signature.
  @Test
  void signatureThatIsSaidToBeOfAnotherKindIsNone() throws Exception {
    CertificateAuthority ca = authority(KeyAlgorithm.EC_P256);
    HeldCertificate held = held(ca);
    var rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    ASN1Encodable[] fields =
        ASN1Sequence.getInstance(held.certificate().getTBSCertificate()).toArray();
    fields[2] = rsa; // after version and serial number
    var content = new DERSequence(fields);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(held.key());
    signature.update(content.getEncoded());
    byte[] der =
        new DERSequence(new ASN1Encodable[] {content, rsa, new DERBitString(signature.sign())})
            .getEncoded();
    assertThat(parse(der))
        .hasValueSatisfying(c -> assertThat(Signatures.verifies(held.certificate(), c)).isFalse());
  }

  private static HeldCertificate held(CertificateAuthority authority) {
    return authority.issue(
        new LeafProfile(
            new Subject("leaf", Optional.empty(), Optional.empty()),
            KeyAlgorithm.EC_P256,
            Duration.ofDays(1),
            List.of()),
        NOW,
        RANDOM);
  }

  private static Optional<X509Certificate> parse(byte[] der) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException _) {
      return Optional.empty();
    }
  }

  private static boolean jdk(X509Certificate ca, X509Certificate certificate) {
    try {
      certificate.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
