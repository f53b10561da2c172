package newleaf.real;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.cert.ToolCertificates;
import newleaf.emulator.frontend.ServerCertificates;
import newleaf.real.Specimen.Purpose;
import org.bouncycastle.asn1.x500.X500Name;

/// Every kind of certificate that newleaf issues.
final class Specimens {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// To make; each is made once for a CA and once for a leaf.
  private static final Set<KeyAlgorithm> SLOW =
      Set.of(KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096);

  private static final Duration YEAR = Duration.ofDays(365);
  private static final String LONGEST = "x".repeat(Subject.MAX_LENGTH);

  private final List<Specimen> all = new ArrayList<>();
  private final Instant now = Instant.now();

  private Specimens() {}

  static List<Specimen> all() {
    Specimens specimens = new Specimens();
    specimens.everyKeyUnderEveryKey();
    specimens.everySubject();
    specimens.everyValidity();
    specimens.underCasOfOthers();
    specimens.ofTheEmulator();
    return List.copyOf(specimens.all);
  }

  /// Signed by a stranger of its issuer's name, with a DNS name that is none, and without a word on
  /// who its issuer is.
  static Specimen bad() {
    ToolCertificates tools = new ToolCertificates(Instant.now().minus(YEAR), YEAR.multipliedBy(2));
    HeldCertificate ca = tools.tcldCa("a b");
    HeldCertificate stranger = tools.tcldCa("a b");
    HeldCertificate leaf = tools.bareLeaf(stranger, new X500Name("CN=bad"));
    return new Specimen("bad leaf", Purpose.SSLCLIENT, leaf.certificate(), ca.certificate());
  }

  private void everyKeyUnderEveryKey() {
    for (KeyAlgorithm caKey : KeyAlgorithm.values()) {
      CertificateAuthority ca = ca("CA", caKey, YEAR);
      root("root " + caKey.text(), ca);
      root("renewed root " + caKey.text(), ca.renewed(YEAR, now.plusSeconds(60), RANDOM));
      for (KeyAlgorithm leafKey : KeyAlgorithm.values()) {
        if (SLOW.contains(leafKey) && leafKey != caKey) {
          continue;
        }
        leaf("leaf " + leafKey.text() + " under " + caKey.text(), ca, profile(leafKey));
      }
    }
  }

  private void everySubject() {
    CertificateAuthority ca =
        CertificateAuthority.selfSigned(
            new CaProfile(
                new Subject(LONGEST.substring(5), Optional.of(LONGEST), Optional.of(LONGEST)),
                KeyAlgorithm.EC_P384,
                YEAR),
            999,
            now,
            RANDOM);
    root("root with the longest subject", ca);
    subject("leaf with the longest subject", ca, LONGEST, LONGEST, LONGEST);
    subject("leaf with umlauts", ca, "Bücher & Söhne, \"Zürich\"", "#Größe+", "a=b;c");
    subject("leaf with other scripts", ca, "予約サービス", "отдел", "🍃");
    leaf("leaf of a bare common name", ca, named("temporal-booking.sdvdw", List.of()));
    leaf("leaf with a DNS name", ca, named("a", List.of("booking.example.com")));
    leaf(
        "leaf with DNS names",
        ca,
        named("b", List.of("a.example.com", "a-1.b.example.com", "xn--bcher-kva.example")));
    leaf("leaf with a wildcard DNS name", ca, named("c", List.of("*.example.com")));
    leaf("leaf with a DNS name of one label", ca, named("d", List.of("localhost")));
  }

  private void subject(
      String kind, CertificateAuthority ca, String name, String organization, String unit) {
    var subject = new Subject(name, Optional.of(organization), Optional.of(unit));
    leaf(kind, ca, new LeafProfile(subject, KeyAlgorithm.EC_P256, YEAR, List.of()));
  }

  private void everyValidity() {
    CertificateAuthority century = ca("Century CA", KeyAlgorithm.EC_P384, YEAR.multipliedBy(100));
    root("root of 100 years", century);
    for (Duration validity :
        List.of(Duration.ofHours(1), Duration.ofDays(30), YEAR, YEAR.multipliedBy(50))) {
      leaf(
          "leaf of " + validity.toHours() + " hours",
          century,
          new LeafProfile(
              new Subject("booking", Optional.empty(), Optional.empty()),
              KeyAlgorithm.EC_P256,
              validity,
              List.of()));
    }
    CertificateAuthority day = ca("Day CA", KeyAlgorithm.EC_P256, Duration.ofDays(1));
    root("root of a day", day);
    leaf("leaf clipped to its CA", day, profile(KeyAlgorithm.EC_P256));
  }

  private void underCasOfOthers() {
    ToolCertificates tools = new ToolCertificates(now.minus(YEAR), YEAR.multipliedBy(2));
    adopted("leaf under a CA of tcld", tools.tcldCa("Temporal"));
    adopted("leaf under a CA of certstrap", tools.certstrapCa("Booking"));
    adopted("leaf under an intermediate CA", tools.intermediate(tools.tcldCa("Temporal"), "Sub"));
    adopted("leaf under a CA without extensions", tools.bareCa(new X500Name("CN=Old,O=Script")));
  }

  private void adopted(String kind, HeldCertificate ca) {
    leaf(kind, CertificateAuthority.of(ca), profile(KeyAlgorithm.EC_P256));
  }

  private void ofTheEmulator() {
    ServerCertificates server = ServerCertificates.make();
    all.add(new Specimen("CA of the emulator", Purpose.ANY, server.ca(), server.ca()));
    all.add(
        new Specimen(
            "server of the emulator", Purpose.SSLSERVER, server.certificate(), server.ca()));
  }

  private CertificateAuthority ca(String name, KeyAlgorithm key, Duration validity) {
    var subject = new Subject(name, Optional.of("Temporal"), Optional.empty());
    return CertificateAuthority.selfSigned(new CaProfile(subject, key, validity), 2, now, RANDOM);
  }

  private static LeafProfile profile(KeyAlgorithm key) {
    var subject =
        new Subject("temporal-booking.sdvdw", Optional.of("Temporal"), Optional.of("Booking"));
    return new LeafProfile(subject, key, Duration.ofDays(30), List.of());
  }

  private static LeafProfile named(String name, List<String> dnsNames) {
    var subject = new Subject(name, Optional.empty(), Optional.empty());
    return new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), dnsNames);
  }

  private void root(String kind, CertificateAuthority ca) {
    all.add(new Specimen(kind, Purpose.ANY, ca.certificate(), ca.certificate()));
  }

  private void leaf(String kind, CertificateAuthority ca, LeafProfile profile) {
    HeldCertificate leaf = ca.issue(profile, now, RANDOM);
    all.add(new Specimen(kind, Purpose.SSLCLIENT, leaf.certificate(), ca.certificate()));
  }
}
