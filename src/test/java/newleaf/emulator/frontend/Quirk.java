package newleaf.emulator.frontend;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/// One way in which a certificate differs from what newleaf issues: wrong, odd, or merely unusual.
@SuppressWarnings("ImmutableEnumChecker") // its changes hold nothing that could change
enum Quirk {
  NONE("+++", _ -> {}),
  EXPIRED("---", d -> d.until = Draft.NOW.minus(Duration.ofDays(1))),
  EXPIRED_A_SECOND_AGO("---", d -> d.until = Draft.NOW.minusSeconds(1)),
  EXPIRES_NOW("+++", d -> d.until = Draft.NOW),
  STARTS_NOW("+++", d -> d.from = Draft.NOW),
  STARTS_IN_A_SECOND("---", d -> d.from = Draft.NOW.plusSeconds(1)),
  ENDS_BEFORE_IT_STARTS("---", d -> d.until = d.from.minusSeconds(1)),
  GOOD_UNTIL_9999("+++", d -> d.until = java.time.Instant.parse("9999-12-31T23:59:59Z")),
  GOOD_SINCE_1950("+++", d -> d.from = java.time.Instant.parse("1950-01-01T00:00:00Z")),

  SERVER_ONLY("---", d -> purpose(d, false, KeyPurposeId.id_kp_serverAuth)),
  SERVER_AND_CLIENT(
      "+++", d -> purpose(d, false, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)),
  ANY_PURPOSE("+++", d -> purpose(d, false, KeyPurposeId.anyExtendedKeyUsage)),
  CLIENT_CRITICAL("+++", d -> purpose(d, true, KeyPurposeId.id_kp_clientAuth)),
  UNKNOWN_PURPOSE("---", d -> purpose(d, false, KeyPurposeId.id_kp_ipsecIKE)),
  NO_PURPOSE("+++", d -> d.without(Extension.extendedKeyUsage)),
  EMPTY_PURPOSE("+++", d -> d.with(Extension.extendedKeyUsage, false, new DERSequence())),

  NO_KEY_USAGE("+++", d -> d.without(Extension.keyUsage)),
  CRL_SIGN_ONLY("--+", d -> d.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))),
  ENCIPHERMENT_ONLY(
      "--+", d -> d.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment))),
  NON_CRITICAL_USAGE("+++", d -> d.with(Extension.keyUsage, false, everyUsage())),
  EVERY_USAGE("+++", d -> d.with(Extension.keyUsage, true, everyUsage())),
  USAGE_WITHOUT_BITS("+++", d -> d.with(Extension.keyUsage, true, new byte[] {3, 1, 0})),
  MALFORMED_USAGE("---", d -> d.with(Extension.keyUsage, true, new byte[] {4, 1, 0})),

  NO_CONSTRAINTS("--+", d -> d.without(Extension.basicConstraints)),
  NOT_A_CA("--+", d -> d.with(Extension.basicConstraints, true, new BasicConstraints(false))),
  CA("+++", d -> d.with(Extension.basicConstraints, true, new BasicConstraints(true))),
  CA_NOT_CRITICAL(
      "+++", d -> d.with(Extension.basicConstraints, false, new BasicConstraints(true))),
  PATH_LENGTH_0("-++", d -> d.with(Extension.basicConstraints, true, new BasicConstraints(0))),
  PATH_LENGTH_1("+++", d -> d.with(Extension.basicConstraints, true, new BasicConstraints(1))),
  PATH_LENGTH_WITHOUT_CA(
      "--+", d -> d.with(Extension.basicConstraints, true, new byte[] {0x30, 3, 2, 1, 0})),
  NEGATIVE_PATH_LENGTH(
      "---",
      d -> d.with(Extension.basicConstraints, true, new byte[] {0x30, 6, 1, 1, -1, 2, 1, -1})),
  ENORMOUS_PATH_LENGTH(
      "+++",
      d ->
          d.with(
              Extension.basicConstraints,
              true,
              new byte[] {0x30, 11, 1, 1, -1, 2, 6, 1, 0, 0, 0, 0, 0})),

  NEGATIVE_SERIAL("---", d -> d.serial = d.serial.negate()),
  SERIAL_ZERO("+++", d -> d.serial = BigInteger.ZERO),
  SERIAL_OF_30_OCTETS("+++", d -> d.serial = BigInteger.ONE.shiftLeft(239)),

  UNKNOWN_EXTENSION("+++", d -> d.with(unknown(), false, DERNull.INSTANCE)),
  UNKNOWN_CRITICAL_EXTENSION("---", d -> d.with(unknown(), true, DERNull.INSTANCE)),
  CRITICAL_NETSCAPE_TYPE(
      "---", d -> d.with(id("2.16.840.1.113730.1.1"), true, new byte[] {3, 2, 7, -128})),
  CRITICAL_ISSUER_NAMES(
      "---", d -> d.with(Extension.issuerAlternativeName, true, names(dns("a.test")))),
  CRITICAL_PRIVATE_KEY_PERIOD(
      "---", d -> d.with(Extension.privateKeyUsagePeriod, true, new DERSequence())),
  NO_KEY_IDENTIFIER("+++", d -> d.without(Extension.subjectKeyIdentifier)),
  CRITICAL_KEY_IDENTIFIER("---", d -> d.critical(Extension.subjectKeyIdentifier)),
  OTHER_KEY_IDENTIFIER(
      "+++",
      d -> d.with(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[20]))),
  MALFORMED_KEY_IDENTIFIER(
      "---", d -> d.with(Extension.subjectKeyIdentifier, false, new byte[] {2, 1, 1})),
  NO_ISSUER_IDENTIFIER("+++", d -> d.without(Extension.authorityKeyIdentifier)),
  CRITICAL_ISSUER_IDENTIFIER("+--", d -> d.critical(Extension.authorityKeyIdentifier)),
  OTHER_ISSUER_IDENTIFIER(
      "+++",
      d ->
          d.with(
              Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]))),
  CRITICAL_ACCESS("---", d -> d.with(Extension.authorityInfoAccess, true, new DERSequence())),
  REVOCATION_POINT("+++", d -> d.with(Extension.cRLDistributionPoints, false, point(fullName()))),
  CRITICAL_REVOCATION_POINT(
      "+++", d -> d.with(Extension.cRLDistributionPoints, true, point(fullName()))),
  RELATIVE_REVOCATION_POINT(
      "---", d -> d.with(Extension.cRLDistributionPoints, false, point(relativeName()))),
  NO_EXTENSIONS("--+", Draft::withoutExtensions),

  DNS_NAME("+++", d -> d.with(Extension.subjectAlternativeName, false, names(dns("a.good.test")))),
  OTHER_DNS_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(dns("bad.test")))),
  WILDCARD_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(dns("*.good.test")))),
  INVALID_DNS_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(dns("a b-.c")))),
  TRAILING_DOT(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(dns("a.good.test.")))),
  UMLAUT_NAME(
      "---", d -> d.with(Extension.subjectAlternativeName, false, bytes(0x82, 3, 'a', 0xe4, 'b'))),
  MAIL_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(name(1, "me@good.test")))),
  CAPITAL_MAIL_NAME(
      "+++",
      d -> d.with(Extension.subjectAlternativeName, false, names(name(1, "me@a.GOOD.test")))),
  INVALID_MAIL_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(name(1, "me.good.test")))),
  URI_NAME(
      "+++",
      d ->
          d.with(
              Extension.subjectAlternativeName, false, names(name(6, "https://a.good.test:1/x")))),
  URI_OF_AN_ADDRESS(
      "+++",
      d -> d.with(Extension.subjectAlternativeName, false, names(name(6, "https://10.0.0.1/")))),
  URI_WITHOUT_HOST(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(name(6, "urn:x:y")))),
  SPIFFE_NAME(
      "+++",
      d -> d.with(Extension.subjectAlternativeName, false, names(name(6, "spiffe://good.test/a")))),
  INVALID_URI(
      "---",
      d -> d.with(Extension.subjectAlternativeName, false, names(name(6, "http://a b/%zz")))),
  ADDRESS_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, false, names(name(7, "10.1.2.3")))),
  ADDRESS_OF_5_OCTETS(
      "---", d -> d.with(Extension.subjectAlternativeName, false, bytes(0x87, 5, 1, 2, 3, 4, 5))),
  CRITICAL_NAME(
      "+++", d -> d.with(Extension.subjectAlternativeName, true, names(dns("a.good.test")))),
  CRITICAL_DIRECTORY_NAME(
      "---", d -> d.with(Extension.subjectAlternativeName, true, names(name(4, "CN=x")))),
  NO_NAMES("+++", d -> d.with(Extension.subjectAlternativeName, false, new DERSequence())),

  ONLY_GOOD_DNS("+++", d -> permits(d, dns("good.test"))),
  ONLY_BELOW_GOOD_DNS("+++", d -> permits(d, dns(".good.test"))),
  ONLY_A_GOOD_DNS("+++", d -> permits(d, dns("A.GOOD.TEST"))),
  NOT_GOOD_DNS("+++", d -> excludes(d, dns("good.test"))),
  NO_DNS_AT_ALL("+++", d -> excludes(d, dns(""))),
  INVALID_DNS_CONSTRAINT("---", d -> permits(d, dns("a b"))),
  ONLY_GOOD_MAIL("+++", d -> permits(d, name(1, "good.test"))),
  ONLY_BELOW_GOOD_MAIL("+++", d -> permits(d, name(1, ".good.test"))),
  ONLY_MY_MAIL("+++", d -> permits(d, name(1, "me@good.test"))),
  ONLY_GOOD_URI("+++", d -> permits(d, name(6, "good.test"))),
  ONLY_BELOW_GOOD_URI("+++", d -> permits(d, name(6, ".good.test"))),
  NOT_GOOD_URI("+++", d -> excludes(d, name(6, "good.test"))),
  ONLY_TEN_NET("+++", d -> permits(d, name(7, "10.0.0.0/8"))),
  NOT_TEN_NET("+++", d -> excludes(d, name(7, "10.0.0.0/8"))),
  ONLY_NET_WITH_A_HOLE(
      "---", d -> permits(d, new GeneralName(7, octets(10, 0, 0, 0, 255, 0, 255, 0)))),
  ONLY_DIRECTORY("---", d -> permits(d, name(4, "O=newleaf"))),
  ONLY_DIRECTORY_NOT_CRITICAL(
      "+++", d -> d.with(Extension.nameConstraints, false, permitted(name(4, "O=nobody")))),
  EMPTY_CONSTRAINT("---", d -> d.with(Extension.nameConstraints, true, new DERSequence())),

  POLICY("+++", d -> d.with(Extension.certificatePolicies, false, policies("1.2.3.4"))),
  OTHER_POLICY("+++", d -> d.with(Extension.certificatePolicies, true, policies("1.2.3.5"))),
  ANY_POLICY("+++", d -> d.with(Extension.certificatePolicies, false, policies("2.5.29.32.0"))),
  POLICY_TWICE(
      "---", d -> d.with(Extension.certificatePolicies, false, policies("1.2.3.4", "1.2.3.4"))),
  POLICY_REQUIRED("+--", d -> d.with(Extension.policyConstraints, true, required(0))),
  POLICY_REQUIRED_BELOW("+-+", d -> d.with(Extension.policyConstraints, true, required(1))),
  NO_ANY_POLICY(
      "+++",
      d -> d.with(Extension.inhibitAnyPolicy, true, new org.bouncycastle.asn1.ASN1Integer(0))),

  SHA1("+--", d -> d.digest = "SHA1"),
  SHA512("+++", d -> d.digest = "SHA512"),
  PSS("+++", d -> d.digest = "PSS"),
  RSA_2048("+++", d -> d.keys = Keys.of("RSA-2048")),
  RSA_1024("+++", d -> d.keys = Keys.of("RSA-1024")),
  P384("+++", d -> d.keys = Keys.of("secp384r1")),
  P521("+++", d -> d.keys = Keys.of("secp521r1")),
  ED25519("+++", d -> d.keys = Keys.of("Ed25519")),

  BROKEN_SIGNATURE("+--", d -> d.bytes = der -> flipped(der, der.length - 5)),
  BROKEN_BODY("---", d -> d.bytes = der -> flipped(der, der.length / 3)),
  TRAILING_OCTET("---", d -> d.bytes = der -> Arrays.copyOf(der, der.length + 1)),
  CUT_SHORT("---", d -> d.bytes = der -> Arrays.copyOf(der, der.length - 1)),
  ISSUER_IN_CAPITALS(
      "+--",
      d -> d.issuer = new X500Name(BCStyle.INSTANCE, d.issuer.toString().replace("CA", "ca"))),
  ISSUER_AS_PRINTABLE_STRING("+--", d -> d.issuer = printable(d.issuer)),
  SUBJECT_AS_BMP_STRING("+++", d -> d.subject = twoOctets(d.subject)),
  EMPTY_SUBJECT("--+", d -> d.subject = new X500Name(new org.bouncycastle.asn1.x500.RDN[0])),
  NAMED_AS_ITS_ISSUER("+++", d -> d.subject = d.issuer),
  MULTI_VALUED_NAME(
      "+++",
      d ->
          d.subject =
              new X500NameBuilder(BCStyle.INSTANCE)
                  .addMultiValuedRDN(
                      new AttributeTypeAndValue[] {
                        new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("zz")),
                        new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("a"))
                      })
                  .build());

  private final String verdicts;
  private final Consumer<Draft> change;

  /// @param verdicts of Go's crypto/x509 (+ accepts, - refuses) when it stands in the root, in a CA
  ///   below it, in the leaf
  Quirk(String verdicts, Consumer<Draft> change) {
    this.verdicts = verdicts;
    this.change = change;
  }

  String verdicts() {
    return verdicts;
  }

  void spoil(Draft draft) {
    change.accept(draft);
  }

  private static void purpose(Draft draft, boolean critical, KeyPurposeId... purposes) {
    draft.with(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
  }

  private static KeyUsage everyUsage() {
    return new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  private static ASN1ObjectIdentifier id(String text) {
    return new ASN1ObjectIdentifier(text);
  }

  private static ASN1ObjectIdentifier unknown() {
    return id("1.2.3.4.5");
  }

  private static GeneralName dns(String name) {
    return name(2, name);
  }

  private static GeneralName name(int tag, String name) {
    return new GeneralName(tag, name);
  }

  private static GeneralNames names(GeneralName name) {
    return new GeneralNames(name);
  }

  private static byte[] bytes(int... name) {
    byte[] all = new byte[name.length + 2];
    all[0] = 0x30;
    all[1] = (byte) name.length;
    for (int i = 0; i < name.length; i++) {
      all[i + 2] = (byte) name[i];
    }
    return all;
  }

  private static DEROctetString octets(int... values) {
    byte[] all = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = (byte) values[i];
    }
    return new DEROctetString(all);
  }

  private static void permits(Draft draft, GeneralName name) {
    draft.with(Extension.nameConstraints, true, permitted(name));
  }

  private static NameConstraints permitted(GeneralName name) {
    return new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(name)}, null);
  }

  private static void excludes(Draft draft, GeneralName name) {
    draft.with(
        Extension.nameConstraints,
        true,
        new NameConstraints(null, new GeneralSubtree[] {new GeneralSubtree(name)}));
  }

  private static CertificatePolicies policies(String... ids) {
    return new CertificatePolicies(
        Arrays.stream(ids)
            .map(i -> new PolicyInformation(id(i)))
            .toArray(PolicyInformation[]::new));
  }

  private static PolicyConstraints required(int after) {
    return new PolicyConstraints(BigInteger.valueOf(after), null);
  }

  private static CRLDistPoint point(DistributionPointName name) {
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
  }

  private static DistributionPointName fullName() {
    return new DistributionPointName(names(name(6, "http://a.test/crl")));
  }

  private static DistributionPointName relativeName() {
    return new DistributionPointName(
        DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER,
        new org.bouncycastle.asn1.DERSet(
            new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("crl"))));
  }

  private static byte[] flipped(byte[] der, int at) {
    byte[] copy = der.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static X500Name printable(X500Name name) {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    for (var rdn : name.getRDNs()) {
      builder.addRDN(
          rdn.getFirst().getType(), new DERPrintableString(rdn.getFirst().getValue().toString()));
    }
    return builder.build();
  }

  private static X500Name twoOctets(X500Name name) {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    for (var rdn : name.getRDNs()) {
      builder.addRDN(
          rdn.getFirst().getType(), new DERBMPString(rdn.getFirst().getValue().toString()));
    }
    return builder.build();
  }
}
