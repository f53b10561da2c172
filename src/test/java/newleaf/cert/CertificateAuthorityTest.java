package newleaf.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SKI = "2.5.29.14";
  private static final String AKI = "2.5.29.35";
  private static final String SAN = "2.5.29.17";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00.987Z");
  private static final Instant SECOND = NOW.truncatedTo(ChronoUnit.SECONDS);

  private static final CaProfile CA_PROFILE =
      new CaProfile(
          new Subject("Booking CA", Optional.of("Temporal"), Optional.empty()),
          KeyAlgorithm.EC_P384,
          Duration.ofDays(365));
  private static final LeafProfile LEAF_PROFILE =
      new LeafProfile(
          new Subject("temporal-booking.sdvdw", Optional.of("Temporal"), Optional.of("Booking")),
          KeyAlgorithm.EC_P256,
          Duration.ofDays(30),
          List.of());

  private static CertificateAuthority authority() {
    return CertificateAuthority.selfSigned(CA_PROFILE, 2, NOW, RANDOM);
  }

  @Test
  void caFollowsTheProfileFieldByField() throws Exception {
    X509Certificate ca = authority().certificate();

    assertThat(ca.getVersion()).isEqualTo(3);
    assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=Booking CA G2,O=Temporal");
    assertThat(ca.getIssuerX500Principal()).isEqualTo(ca.getSubjectX500Principal());
    assertThat(ca.getSerialNumber().toByteArray()).hasSize(16);
    assertThat(ca.getSerialNumber()).isPositive();
    assertThat(ca.getSigAlgName()).isEqualTo("SHA384withECDSA");
    assertThat(ca.getNotBefore().toInstant()).isEqualTo(SECOND.minus(Duration.ofMinutes(5)));
    assertThat(ca.getNotAfter().toInstant()).isEqualTo(SECOND.plus(Duration.ofDays(365)));
    assertThat(ca.getBasicConstraints()).as("CA with pathlen 0").isZero();
    assertThat(usages(ca)).containsExactly(5, 6);
    assertThat(ca.getExtendedKeyUsage()).isNull();
    assertThat(ca.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
    assertThat(ca.getNonCriticalExtensionOIDs()).containsExactly(SKI);
    assertThat(inner(ca, SKI)).as("160 bits in an octet string").hasSize(22);
    assertThat(Certificate.of(ca).key()).isEqualTo("ec-p384");
    ca.verify(ca.getPublicKey());
  }

  @Test
  void leafFollowsTheProfileFieldByField() throws Exception {
    CertificateAuthority authority = authority();
    X509Certificate ca = authority.certificate();
    X509Certificate leaf = authority.issue(LEAF_PROFILE, NOW, RANDOM).certificate();

    assertThat(leaf.getVersion()).isEqualTo(3);
    assertThat(leaf.getSubjectX500Principal().getName())
        .isEqualTo("CN=temporal-booking.sdvdw,OU=Booking,O=Temporal");
    assertThat(leaf.getIssuerX500Principal().getEncoded())
        .isEqualTo(ca.getSubjectX500Principal().getEncoded());
    assertThat(leaf.getSerialNumber().toByteArray()).hasSize(16);
    assertThat(leaf.getSigAlgName()).as("by the key of the CA").isEqualTo("SHA384withECDSA");
    assertThat(leaf.getNotAfter().toInstant()).isEqualTo(SECOND.plus(Duration.ofDays(30)));
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(inner(leaf, BASIC_CONSTRAINTS)).as("an empty sequence").containsExactly(0x30, 0);
    assertThat(usages(leaf)).containsExactly(0);
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(leaf.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
    assertThat(leaf.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder(SKI, AKI, EXTENDED_KEY_USAGE);
    var aki = AuthorityKeyIdentifier.getInstance(inner(leaf, AKI));
    assertThat(aki.getKeyIdentifierOctets())
        .isEqualTo(ASN1OctetString.getInstance(inner(ca, SKI)).getOctets());
    assertThat(aki.getAuthorityCertIssuer()).isNull();
    leaf.verify(ca.getPublicKey());
  }

  @Test
  void dnsNamesBecomeSubjectAlternativeNames() {
    var names = List.of("a.example.com", "b.example.com");
    var profile =
        new LeafProfile(LEAF_PROFILE.subject(), KeyAlgorithm.EC_P256, Duration.ofDays(1), names);
    X509Certificate leaf = authority().issue(profile, NOW, RANDOM).certificate();
    assertThat(Certificate.of(leaf).subjectAlternativeNames()).isEqualTo(names);
    assertThat(leaf.getNonCriticalExtensionOIDs()).contains(SAN);
  }

  @Test
  void leafEndsAndBeginsWithItsCaAtTheLatest() {
    CertificateAuthority authority = authority();
    Instant late = NOW.plus(Duration.ofDays(350));
    X509Certificate clipped = authority.issue(LEAF_PROFILE, late, RANDOM).certificate();
    assertThat(clipped.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    assertThat(clipped.getNotBefore().toInstant())
        .isEqualTo(SECOND.plus(Duration.ofDays(350)).minus(Duration.ofMinutes(5)));

    Instant early = NOW.minus(Duration.ofMinutes(2));
    X509Certificate first = authority.issue(LEAF_PROFILE, early, RANDOM).certificate();
    assertThat(first.getNotBefore()).isEqualTo(authority.certificate().getNotBefore());
  }

  @Test
  void expiredCaIssuesNoMore() {
    CertificateAuthority authority = authority();
    Instant end = authority.certificate().getNotAfter().toInstant();
    assertThatThrownBy(() -> authority.issue(LEAF_PROFILE, end.plusSeconds(1), RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the CA CN=Booking CA G2,O=Temporal expired at 2027-11-24T05:00:00Z and can issue no"
                + " more.");
  }

  @Test
  void caThatBeginsAfterTheLeafWouldHaveEndedIssuesNone() {
    Instant before = NOW.minus(Duration.ofDays(60));
    assertThatThrownBy(() -> authority().issue(LEAF_PROFILE, before, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the CA begins at 2026-11-24T04:55:00Z");
  }

  @Test
  void octetsBehindACertificateAreRefused() throws Exception {
    byte[] der = authority().certificate().getEncoded();
    byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
    assertThatThrownBy(() -> Pem.certificates(Pem.block("CERTIFICATE", longer)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a CERTIFICATE block holds more than a certificate");
  }

  @Test
  void leafWithTheNameOfItsCaIsRefused() {
    var same = new Subject("booking  ca g2", Optional.of("TEMPORAL"), Optional.empty());
    var profile = new LeafProfile(same, KeyAlgorithm.EC_P256, Duration.ofDays(1), List.of());
    CertificateAuthority authority = authority();
    assertThatThrownBy(() -> authority.issue(profile, NOW, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subject of its CA");
  }

  @Test
  void everyCertificateHasItsOwnSerial() {
    CertificateAuthority authority = authority();
    BigInteger first = authority.issue(LEAF_PROFILE, NOW, RANDOM).certificate().getSerialNumber();
    BigInteger second = authority.issue(LEAF_PROFILE, NOW, RANDOM).certificate().getSerialNumber();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void issuerBytesAreTheCasOwnEvenWhenItIsEncodedOtherwise() throws Exception {
    // made by openssl: PrintableString where newleaf writes UTF8String, key identifier by SHA-1
    X509Certificate ca = Pem.certificates(TestFiles.text("foreign-ca.crt")).getFirst();
    PrivateKey key = PrivateKeys.parse(TestFiles.text("foreign-ca.key"));
    Instant now = ca.getNotBefore().toInstant().plus(Duration.ofHours(1));
    var authority = CertificateAuthority.of(new HeldCertificate(ca, key));
    X509Certificate leaf = authority.issue(LEAF_PROFILE, now, RANDOM).certificate();

    assertThat(leaf.getIssuerX500Principal().getEncoded())
        .isEqualTo(ca.getSubjectX500Principal().getEncoded());
    assertThat(AuthorityKeyIdentifier.getInstance(inner(leaf, AKI)).getKeyIdentifierOctets())
        .isEqualTo(ASN1OctetString.getInstance(inner(ca, SKI)).getOctets());
    validate(ca, leaf, now);
  }

  @Test
  void namesAreTakenLiterally() {
    var odd = new Subject("#30, CN=other", Optional.of("Müller \\ Söhne"), Optional.empty());
    var profile = new LeafProfile(odd, KeyAlgorithm.EC_P256, Duration.ofDays(1), List.of());
    Certificate leaf = Certificate.of(authority().issue(profile, NOW, RANDOM).certificate());
    assertThat(leaf.subject().commonName()).contains("#30, CN=other");
    assertThat(leaf.subject().organization()).contains("Müller \\ Söhne");
  }

  @ParameterizedTest
  @EnumSource(value = KeyAlgorithm.class, names = "RSA_4096", mode = EnumSource.Mode.EXCLUDE)
  void pathOfEveryKeyTypeValidates(KeyAlgorithm algorithm) throws Exception {
    var profile = new CaProfile(CA_PROFILE.subject(), algorithm, CA_PROFILE.validity());
    var authority = CertificateAuthority.selfSigned(profile, 1, NOW, RANDOM);
    HeldCertificate leaf = authority.issue(LEAF_PROFILE, NOW, RANDOM);
    validate(authority.certificate(), leaf.certificate(), NOW);
    assertThat(Certificate.of(authority.certificate()).key()).isEqualTo(algorithm.text());
    assertThat(authority.certificate().getSigAlgName())
        .startsWith(algorithm == KeyAlgorithm.EC_P384 ? "SHA384" : "SHA256");
    assertThat(PrivateKeys.matches(leaf.certificate(), leaf.key())).isTrue();
  }

  @Test
  void renewedCaHasTheKeyAndTheVerySubjectAndLeavesOfTheOneBeforeValidate() throws Exception {
    CertificateAuthority before = authority();
    Instant later = NOW.plus(Duration.ofDays(300));
    HeldCertificate leaf = before.issue(LEAF_PROFILE, later, RANDOM);
    X509Certificate renewed = before.renewed(Duration.ofDays(365), later, RANDOM).certificate();
    X509Certificate old = before.certificate();
    assertThat(renewed.getPublicKey()).isEqualTo(old.getPublicKey());
    assertThat(renewed.getSubjectX500Principal().getEncoded())
        .isEqualTo(old.getSubjectX500Principal().getEncoded());
    assertThat(renewed.getExtensionValue(SKI)).isEqualTo(old.getExtensionValue(SKI));
    assertThat(renewed.getSerialNumber()).isNotEqualTo(old.getSerialNumber());
    assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
    validate(renewed, leaf.certificate(), later);
  }

  @Test
  void leafOfAnotherGenerationDoesNotValidate() {
    X509Certificate other =
        CertificateAuthority.selfSigned(CA_PROFILE, 3, NOW, RANDOM).certificate();
    X509Certificate leaf = authority().issue(LEAF_PROFILE, NOW, RANDOM).certificate();
    assertThatThrownBy(() -> validate(other, leaf, NOW))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void opensslAcceptsTheLeafStrictly(@TempDir Path folder) throws Exception {
    for (KeyAlgorithm algorithm : List.of(KeyAlgorithm.EC_P384, KeyAlgorithm.RSA_2048)) {
      var profile = new CaProfile(CA_PROFILE.subject(), algorithm, CA_PROFILE.validity());
      var authority = CertificateAuthority.selfSigned(profile, 1, NOW, RANDOM);
      var named =
          new LeafProfile(
              LEAF_PROFILE.subject(), KeyAlgorithm.EC_P256, Duration.ofDays(9), List.of("a.b.c"));
      HeldCertificate leaf = authority.issue(named, NOW, RANDOM);
      Files.writeString(folder.resolve("ca.crt"), Pem.of(authority.certificate()));
      Files.writeString(folder.resolve("tls.crt"), LeafPair.certificatesOf(leaf));
      OpenSsl.Answer answer =
          OpenSsl.run(
              folder,
              "",
              "verify -x509_strict -purpose sslclient -attime %d -CAfile ca.crt tls.crt"
                  .formatted(NOW.getEpochSecond())
                  .split(" "));
      assertThat(answer.text()).contains("tls.crt: OK");
      assertThat(answer.exitCode()).isZero();
    }
  }

  private static void validate(X509Certificate ca, X509Certificate leaf, Instant now)
      throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
  }

  private static List<Integer> usages(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    return IntStream.range(0, bits.length).filter(i -> bits[i]).boxed().toList();
  }

  private static byte[] inner(X509Certificate certificate, String extension) {
    return ASN1OctetString.getInstance(certificate.getExtensionValue(extension)).getOctets();
  }
}
