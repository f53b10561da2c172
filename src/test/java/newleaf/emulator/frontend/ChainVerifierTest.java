package newleaf.emulator.frontend;

import static newleaf.emulator.TestCertificate.NOW;
import static newleaf.emulator.TestCertificate.ca;
import static newleaf.emulator.TestCertificate.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestCertificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainVerifierTest {
  private static final String SUBJECT = "CN=pay,O=T";
  private static final HeldCertificate ROOT = ca("CN=Root G1,O=T").make();
  private static final HeldCertificate NEXT = ca("CN=Root G2,O=T").make();
  private static final HeldCertificate SUB = ca("CN=Sub,O=T").issuedBy(ROOT).make();

  /// @param fact a sentence
  /// @param refusal a part of the reason; empty when accepted
  record Row(String fact, List<X509Certificate> shown, Trust trust, Optional<String> refusal) {
    @Override
    public String toString() {
      return fact;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"accepted", "dates", "leaves", "authorities", "filters"})
  void everyRowHolds(Row row) {
    Verdict verdict = ChainVerifier.judge(row.shown(), row.trust(), NOW);

    switch (verdict) {
      case Verdict.Accepted _ -> assertThat(row.refusal()).isEmpty();
      case Verdict.Refused(String reason) ->
          assertThat(reason).contains(row.refusal().orElse("accepted"));
    }
  }

  static Stream<Row> accepted() {
    HeldCertificate plain = leaf(SUBJECT, ROOT).make();
    HeldCertificate renewed = ca("CN=Root G1,O=T").sameKeyAs(ROOT).make();
    HeldCertificate twin = ca("CN=Root G1,O=T").make();
    return Stream.of(
        yes("bare leaf under a root", shown(plain), trust(ROOT)),
        yes("either CA during overlap (old)", shown(plain), trust(ROOT, NEXT)),
        yes("either CA during overlap (new)", shown(leaf(SUBJECT, NEXT)), trust(ROOT, NEXT)),
        yes("leaf of a CA renewed with its key", shown(plain), trust(renewed)),
        yes("twin of the same name standing first", shown(plain), trust(twin, ROOT)),
        yes("leaf with everything it should have", shown(full()), trust(ROOT)),
        yes("leaf in tcld's shape", shown(tcld()), trust(ROOT)),
        yes("leaf in certstrap's shape", shown(certstrap()), trust(ROOT)),
        yes("shown intermediate", shown(leaf(SUBJECT, SUB).make(), SUB), trust(ROOT)),
        yes("intermediate in the bundle", shown(leaf(SUBJECT, SUB)), trust(ROOT, SUB)),
        yes("RSA under ECDSA", shown(leaf(SUBJECT, ROOT).key("RSA", 2048)), trust(ROOT)));
  }

  static Stream<Row> dates() {
    HeldCertificate expired = ca("CN=Old").until(NOW.minusSeconds(1)).make();
    HeldCertificate future = ca("CN=New").from(NOW.plusSeconds(1)).make();
    HeldCertificate oldSub = ca("CN=Old Sub").issuedBy(ROOT).until(NOW.minusSeconds(1)).make();
    return Stream.of(
        yes("leaf in its last second", shown(leaf(SUBJECT, ROOT).until(NOW)), trust(ROOT)),
        no("expired", shown(leaf(SUBJECT, ROOT).until(NOW.minusSeconds(1))), trust(ROOT)),
        no("is not valid before", shown(leaf(SUBJECT, ROOT).from(NOW.plusSeconds(1))), trust(ROOT)),
        no("'CN=Old' expired", shown(leaf(SUBJECT, expired)), trust(expired)),
        no("'CN=New' is not valid before", shown(leaf(SUBJECT, future)), trust(future)),
        no("'CN=Old Sub' expired", shown(leaf(SUBJECT, oldSub).make(), oldSub), trust(ROOT)));
  }

  static Stream<Row> leaves() {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");
    return Stream.of(
        no(
            "without digital signature",
            shown(leaf(SUBJECT, ROOT).usage(KeyUsage.keyEncipherment)),
            trust(ROOT)),
        no("is a CA certificate", shown(leaf(SUBJECT, ROOT).authority(true)), trust(ROOT)),
        no("is a CA certificate", shown(ROOT), trust(ROOT)),
        no("SHA1withECDSA", shown(leaf(SUBJECT, ROOT).signature("SHA1withECDSA")), trust(ROOT)),
        no("EdDSA", shown(leaf(SUBJECT, ROOT).key("Ed25519", 0)), trust(ROOT)),
        no("has a key of 1024 bits", shown(leaf(SUBJECT, ROOT).key("RSA", 1024)), trust(ROOT)),
        no(
            "without client auth",
            shown(leaf(SUBJECT, ROOT).purpose(KeyPurposeId.id_kp_serverAuth)),
            trust(ROOT)),
        yes(
            "leaf for any purpose",
            shown(leaf(SUBJECT, ROOT).purpose(KeyPurposeId.anyExtendedKeyUsage)),
            trust(ROOT)),
        no(
            "critical extension",
            shown(leaf(SUBJECT, ROOT).with(unknown, true, DERNull.INSTANCE)),
            trust(ROOT)),
        no("are named", shown(leaf("CN=root g1,O=T", ROOT)), trust(ROOT)));
  }

  static Stream<Row> authorities() {
    HeldCertificate twin = ca("CN=Root G1,O=T").make();
    HeldCertificate mute = ca("CN=Mute").usage(KeyUsage.cRLSign).make();
    HeldCertificate none = ca("CN=None").notAuthority().make();
    HeldCertificate zero = ca("CN=Zero").pathLength(0).make();
    HeldCertificate below = ca("CN=Below").issuedBy(zero).make();
    HeldCertificate server = ca("CN=Server").purpose(KeyPurposeId.id_kp_serverAuth).make();
    HeldCertificate narrow = ca("CN=Narrow").with(Extension.nameConstraints, true, only()).make();
    HeldCertificate fake = leaf("CN=Fake,O=T", ROOT).make();
    return Stream.of(
        no("no accepted client CA is named", shown(leaf(SUBJECT, ROOT)), trust(NEXT)),
        no("no accepted client CA is named", shown(leaf(SUBJECT, SUB)), trust(ROOT)),
        no("is not signed by", shown(leaf(SUBJECT, twin)), trust(ROOT)),
        no("no accepted client CA", shown(leaf(SUBJECT, NEXT).make(), NEXT), trust(ROOT)),
        no("without certificate signing", shown(leaf(SUBJECT, mute)), trust(mute)),
        no("is not a CA certificate", shown(leaf(SUBJECT, none)), trust(none)),
        no("is not a CA certificate", shown(leaf(SUBJECT, fake).make(), fake), trust(ROOT)),
        yes("leaf right under a path length of 0", shown(leaf(SUBJECT, zero)), trust(zero)),
        no("fewer intermediates", shown(leaf(SUBJECT, below).make(), below), trust(zero)),
        no("without client auth", shown(leaf(SUBJECT, server)), trust(server)),
        yes(
            "leaf inside its CA's name constraint",
            shown(leaf(SUBJECT, narrow).dnsName("a.good.test")),
            trust(narrow)),
        no(
            "breaks a name constraint",
            shown(leaf(SUBJECT, narrow).dnsName("a.bad.test")),
            trust(narrow)));
  }

  static Stream<Row> filters() {
    return Stream.of(
        yes("leaf in its filter", shown(leaf(SUBJECT, ROOT)), trust(ROOT, filter("PAY"))),
        yes("leaf in a prefix filter", shown(leaf(SUBJECT, ROOT)), trust(ROOT, filter("p*"))),
        no("passes no", shown(leaf(SUBJECT, ROOT)), trust(ROOT, filter("payments"))),
        no("passes no", shown(leaf("O=T", ROOT)), trust(ROOT, filter("pay"))),
        no(
            "is not signed by",
            shown(leaf(SUBJECT, ca("CN=Root G1,O=T").make())),
            trust(ROOT, filter("pay"))));
  }

  private static HeldCertificate full() {
    return leaf(SUBJECT, ROOT)
        .authority(false)
        .usage(KeyUsage.digitalSignature)
        .purpose(KeyPurposeId.id_kp_clientAuth)
        .dnsName("pay.test")
        .make();
  }

  private static HeldCertificate tcld() {
    return leaf("O=T,OU=", ROOT)
        .authority(false)
        .dnsName("client.root.T.ab-")
        .key("EC", 384)
        .make();
  }

  private static HeldCertificate certstrap() {
    return leaf("CN=pay", ROOT)
        .usage(
            KeyUsage.digitalSignature
                | KeyUsage.keyEncipherment
                | KeyUsage.dataEncipherment
                | KeyUsage.keyAgreement)
        .purpose(KeyPurposeId.id_kp_clientAuth)
        .key("RSA", 2048)
        .make();
  }

  private static NameConstraints only() {
    GeneralName good = new GeneralName(GeneralName.dNSName, "good.test");
    return new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(good)}, null);
  }

  private static Row yes(String fact, List<X509Certificate> shown, Trust trust) {
    return new Row(fact + " is accepted", shown, trust, Optional.empty());
  }

  private static Row no(String why, List<X509Certificate> shown, Trust trust) {
    String who = shown.getFirst().getSubjectX500Principal().getName();
    return new Row(who + " is refused: " + why, shown, trust, Optional.of(why));
  }

  private static CertificateFilter filter(String commonName) {
    return new CertificateFilter(
        Optional.of(commonName), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<X509Certificate> shown(TestCertificate leaf) {
    return shown(leaf.make());
  }

  private static List<X509Certificate> shown(HeldCertificate... chain) {
    return Arrays.stream(chain).map(HeldCertificate::certificate).toList();
  }

  private static Trust trust(HeldCertificate... cas) {
    return new Trust(shown(cas), List.of());
  }

  private static Trust trust(HeldCertificate ca, CertificateFilter filter) {
    return new Trust(shown(ca), List.of(filter));
  }
}
