package newleaf.emulator.cloud;

import static newleaf.emulator.TestCertificate.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.emulator.TestCertificate;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class BundleRulesTest {
  private static final HeldCertificate ROOT = TestCertificate.ca("CN=Root,O=T").make();

  @Test
  void rootOfAnyAcceptedKindIsAccepted() {
    assertAccepted(ROOT);
    assertAccepted(TestCertificate.ca("CN=P-384").key("EC", 384).signature("SHA384withECDSA"));
    assertAccepted(TestCertificate.ca("CN=RSA").key("RSA", 2048));
    assertAccepted(
        TestCertificate.ca("O=tcld")
            .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  @Test
  void expiredCaIsToldAsTheServiceTellsIt() {
    HeldCertificate expired =
        TestCertificate.ca("O=X-1722845205").until(Instant.parse("2026-01-03T08:06:45Z")).make();

    assertThat(violation(expired))
        .contains(
            "invalid ca certificate: 2 errors occurred:\n"
                + "\t* certificate with subject 'O=X-1722845205' received is expired as of"
                + " '2026-01-03 08:06:45 +0000 UTC'\n"
                + "\t* unable to construct full certificate chain for cert with subject"
                + " 'O=X-1722845205'. Error: x509: certificate has expired or is not yet valid:"
                + " current time 2026-11-24T12:00:00Z is after 2026-01-03T08:06:45Z");
  }

  @Test
  void everyProblemOfEveryCaIsTold() {
    HeldCertificate first = TestCertificate.ca("CN=A").until(NOW.minusSeconds(1)).make();
    HeldCertificate second = TestCertificate.ca("CN=B").until(NOW.minusSeconds(1)).make();

    assertThat(violation(first, ROOT, second).orElseThrow())
        .contains("4 errors occurred", "'CN=A'", "'CN=B'")
        .doesNotContain("Root");
  }

  @Test
  void oneProblemIsToldInTheSingular() {
    assertRefused("1 error occurred:\n\t* ", TestCertificate.ca("CN=A").notAuthority());
  }

  @Test
  void caIsGoodToItsLastSecondAndFromItsFirst() {
    assertAccepted(TestCertificate.ca("CN=A").until(NOW));
    assertAccepted(TestCertificate.ca("CN=A").from(NOW));
    assertRefused("is expired", TestCertificate.ca("CN=A").until(NOW.minusSeconds(1)));
    assertRefused("is not valid before", TestCertificate.ca("CN=A").from(NOW.plusSeconds(1)));
  }

  @Test
  void weakCaIsRefused() {
    assertRefused("has a key of 1024 bits", TestCertificate.ca("CN=A").key("RSA", 1024));
    assertRefused("SHA1withECDSA", TestCertificate.ca("CN=A").signature("SHA1withECDSA"));
    assertRefused("Ed25519", TestCertificate.ca("CN=A").key("Ed25519", 0));
  }

  @Test
  void whatMayNotSignCertificatesIsRefused() {
    assertRefused("is not a CA certificate", TestCertificate.ca("CN=A").notAuthority());
    assertRefused("is not a CA certificate", TestCertificate.ca("CN=A").authority(false));
    assertRefused(
        "without certificate signing", TestCertificate.ca("CN=A").usage(KeyUsage.digitalSignature));
  }

  @Test
  void intermediateIsAcceptedOnlyTogetherWithItsIssuer() {
    HeldCertificate intermediate = TestCertificate.ca("CN=Sub").issuedBy(ROOT).make();

    assertThat(violation(intermediate, ROOT)).isEmpty();
    assertThat(violation(intermediate).orElseThrow())
        .contains(
            "unable to construct full certificate chain for cert with subject 'CN=Sub'",
            "signed by unknown authority");
  }

  @Test
  void issuerOfTheSameNameWithAnotherKeyDoesNotCount() {
    HeldCertificate intermediate = TestCertificate.ca("CN=Sub").issuedBy(ROOT).make();
    HeldCertificate twin = TestCertificate.ca("CN=Root,O=T").make();

    assertThat(violation(intermediate, twin).orElseThrow()).contains("signed by unknown authority");
  }

  @Test
  void identicalSubjectsAreRefusedWhateverTheirCase() {
    HeldCertificate twin = TestCertificate.ca("CN=ROOT,O=t").make();

    assertThat(violation(ROOT, twin).orElseThrow()).contains("more than one certificate");
    assertThat(violation(ROOT, ROOT).orElseThrow()).contains("more than one certificate");
  }

  @Test
  void sixteenCasFitAndSeventeenDoNot() {
    List<HeldCertificate> cas = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      cas.add(TestCertificate.ca("CN=CA " + i).make());
    }
    assertThat(violation(cas.toArray(HeldCertificate[]::new))).isEmpty();

    cas.add(ROOT);
    assertThat(violation(cas.toArray(HeldCertificate[]::new)).orElseThrow())
        .contains("17 certificates given, limit 16");
  }

  @Test
  void moreThan32KilobytesAreRefused() {
    String padded = pem(ROOT) + " ".repeat(32 * 1024);

    assertThat(BundleRules.violation(padded, NOW).orElseThrow()).contains("limit 32768");
  }

  @Test
  void onlyCertificatesAreAccepted() {
    for (String text :
        List.of(
            "nonsense",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            pem(ROOT) + "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            pem(ROOT) + "-----BEGIN CERTIFICATE-----\ncut off")) {
      assertThat(BundleRules.violation(text, NOW)).as(text).isPresent();
    }
  }

  @Test
  void storedFormHasOneNewlineBetweenBlocksAndNoneAtTheEnd() {
    HeldCertificate other = TestCertificate.ca("CN=Other").make();
    String untidy = "\n\n" + pem(ROOT) + "\n\n\n" + pem(other) + "\n";

    assertThat(BundleRules.normalised(untidy))
        .isEqualTo(pem(ROOT).strip() + "\n" + pem(other).strip());
  }

  @Test
  void timeDecidesAndNotTheUpload() {
    HeldCertificate ca = TestCertificate.ca("CN=A").until(NOW.plus(Duration.ofDays(1))).make();

    assertThat(BundleRules.violation(pem(ca), NOW)).isEmpty();
    assertThat(BundleRules.violation(pem(ca), NOW.plus(Duration.ofDays(2)))).isPresent();
  }

  private static void assertAccepted(TestCertificate ca) {
    assertAccepted(ca.make());
  }

  private static void assertAccepted(HeldCertificate ca) {
    assertThat(violation(ca)).isEmpty();
  }

  private static void assertRefused(String why, TestCertificate ca) {
    assertThat(violation(ca.make()).orElse("accepted")).contains(why);
  }

  private static Optional<String> violation(HeldCertificate... cas) {
    return BundleRules.violation(
        String.join("", Arrays.stream(cas).map(BundleRulesTest::pem).toList()), NOW);
  }

  private static String pem(HeldCertificate held) {
    return Pem.of(held.certificate());
  }
}
