package newleaf.cert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.serviceclient.SimpleSslContextBuilder;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

  private static HeldCertificate leaf(KeyAlgorithm algorithm) {
    var subject = new Subject("x", Optional.empty(), Optional.empty());
    var ca = new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(2));
    var profile = new LeafProfile(subject, algorithm, Duration.ofDays(1), List.of());
    return CertificateAuthority.selfSigned(ca, 1, NOW, RANDOM).issue(profile, NOW, RANDOM);
  }

  @ParameterizedTest
  @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048"})
  void keysComeBackFromPemAndMatchTheirCertificateOnly(KeyAlgorithm algorithm) {
    HeldCertificate one = leaf(algorithm);
    PrivateKey read = PrivateKeys.parse(PrivateKeys.toPem(one.key()));
    assertThat(PrivateKeys.toPkcs8(read)).isEqualTo(PrivateKeys.toPkcs8(one.key()));
    assertThat(PrivateKeys.publicKeyOf(read)).isEqualTo(one.certificate().getPublicKey());
    assertThat(PrivateKeys.matches(one.certificate(), read)).isTrue();
    assertThat(PrivateKeys.matches(leaf(algorithm).certificate(), read)).isFalse();
    assertThat(PrivateKeys.matches(leaf(KeyAlgorithm.EC_P256).certificate(), read)).isFalse();
  }

  @Test
  void ecKeysCarryTheirPublicKeyAsOpensslWritesThem() throws Exception {
    String byOpenSsl = TestFiles.text("foreign-ca.key");
    assertThat(PrivateKeys.toPem(PrivateKeys.parse(byOpenSsl))).isEqualTo(byOpenSsl);
  }

  @ParameterizedTest
  @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048"})
  void opensslReadsTheKey(KeyAlgorithm algorithm, @TempDir Path folder) throws Exception {
    HeldCertificate one = leaf(algorithm);
    Files.writeString(folder.resolve("tls.key"), LeafPair.keyOf(one));
    OpenSsl.Answer answer = OpenSsl.run(folder, "", "pkey", "-in", "tls.key", "-check", "-noout");
    assertThat(answer.text()).contains("Key is valid");
  }

  @ParameterizedTest
  @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048"})
  void javaSdkLoadsThePair(KeyAlgorithm algorithm) throws Exception {
    HeldCertificate one = leaf(algorithm);
    var certificates = new ByteArrayInputStream(LeafPair.certificatesOf(one).getBytes(US_ASCII));
    var key = new ByteArrayInputStream(LeafPair.keyOf(one).getBytes(US_ASCII));
    assertThat(SimpleSslContextBuilder.forPKCS8(certificates, key).build()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "sec1.key, SEC1",
    "pkcs1.key, PKCS#1",
    "openssl-default-encrypted.key, encrypted",
    "ed25519.key, neither RSA nor ECDSA",
    "foreign-ca.crt, no PEM block with a key"
  })
  void otherFormsAreNamedAndRefused(String file, String sentence) throws Exception {
    String pem = TestFiles.text(file);
    assertThatThrownBy(() -> PrivateKeys.parse(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("PRIVATE KEY")
        .hasMessageEndingWith(".");
  }

  @Test
  void brokenBase64IsRefused() {
    assertThatThrownBy(() ->
            PrivateKeys.parse("-----BEGIN PRIVATE KEY-----\nA=B=\n-----END PRIVATE KEY-----\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyOfEd25519CertificateMatchesNothing() throws Exception {
    X509Certificate other = Pem.certificates(TestFiles.text("ed25519.crt")).getFirst();
    assertThat(PrivateKeys.matches(other, leaf(KeyAlgorithm.EC_P256).key())).isFalse();
  }

  @Test
  void pairTellsWhatIsWrong() throws Exception {
    HeldCertificate one = leaf(KeyAlgorithm.EC_P256);
    String certificates = LeafPair.certificatesOf(one);
    String key = LeafPair.keyOf(one);

    LeafPair whole = LeafPair.of(certificates, key);
    assertThat(whole.held().orElseThrow().certificate()).isEqualTo(one.certificate());
    assertThat(whole.toString()).doesNotContain("PRIVATE KEY").hasSizeLessThan(80);
    assertThat(problem(certificates, LeafPair.keyOf(leaf(KeyAlgorithm.EC_P256))))
        .isEqualTo("tls.key: the key does not belong to the certificate.");
    assertThat(problem(certificates, "")).isEqualTo("tls.key: there is no PEM block with a key.");
    assertThat(problem(certificates, TestFiles.text("sec1.key"))).contains("SEC1");
    assertThat(problem("", key)).isEqualTo("tls.crt: there is no PEM block with a certificate.");
    assertThat(problem(certificates.replace("MII", "AAA"), key)).contains("no X.509 certificate");
    assertThat(LeafPair.of(certificates, "").certificate()).contains(one.certificate());
  }

  @Test
  void chainFollowsTheLeaf() throws Exception {
    HeldCertificate one = leaf(KeyAlgorithm.EC_P256);
    X509Certificate above = Pem.certificates(TestFiles.text("foreign-ca.crt")).getFirst();
    var chained = new HeldCertificate(one.certificate(), List.of(above), one.key());
    LeafPair pair = LeafPair.of(LeafPair.certificatesOf(chained), LeafPair.keyOf(chained));
    assertThat(pair.held().orElseThrow().chain()).containsExactly(above);
  }

  private static String problem(String certificates, String key) {
    return switch (LeafPair.of(certificates, key)) {
      case LeafPair.Broken(_, var problem) -> problem;
      case LeafPair.Whole _ -> "none";
    };
  }

  /// The JDK takes such a key, and says so only when it is to sign.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ecKeyThatIsNoNumberOfItsCurveIsDamaged(int which) throws Exception {
    var curve =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
    BigInteger order = SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getN();
    BigInteger number = List.of(BigInteger.ZERO, order, BigInteger.ONE.shiftLeft(383)).get(which);
    var inner =
        new DERSequence(
            new ASN1Encodable[] {
              new ASN1Integer(1),
              new DEROctetString(
                  BigIntegers.asUnsignedByteArray(Math.max(32, number.bitLength() / 8 + 1), number))
            });
    byte[] der = new PrivateKeyInfo(curve, inner).getEncoded();
    assertThatThrownBy(() -> PrivateKeys.parse(Pem.block("PRIVATE KEY", der)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
  }
}
