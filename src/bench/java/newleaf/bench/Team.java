package newleaf.bench;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import newleaf.bench.Fleet.Authority;
import newleaf.bench.Fleet.Tenant;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.Mint;
import newleaf.cert.Subject;
import newleaf.cert.Validity;

/// One team's part of a fleet. Most teams have one CA for all their namespaces; one in ten has one
/// for each. All draw from a random source of their own, so that teams can be made at once.
final class Team {
  static final int LARGEST = 50;
  private static final List<String> APPLICATIONS =
      List.of(
          "orders",
          "billing",
          "payments",
          "refunds",
          "search",
          "catalog",
          "shipping",
          "returns",
          "fraud",
          "ledger",
          "booking",
          "trips",
          "invoices",
          "emails",
          "exports",
          "reports",
          "onboarding");
  private static final List<String> STAGES = List.of("dev", "stage", "prod");
  private static final Duration DAY = Duration.ofDays(1);

  private final Shape shape;
  private final Instant at;
  private final Keys keys;
  private final String name;
  private final Random random;
  private final SecureRandom secureRandom;
  private final List<Authority> authorities = new ArrayList<>();
  private final List<Tenant> tenants = new ArrayList<>();
  private int certificates;

  Team(Shape shape, Instant at, Keys keys, int number) {
    this.shape = shape;
    this.at = at;
    this.keys = keys;
    this.name = "team%03d".formatted(number);
    this.random = new Random(shape.seed() * 1_000_003 + number);
    this.secureRandom = Keys.random(name, shape.seed());
    this.certificates = random.nextInt(1_000);
  }

  Team grow(int size) {
    boolean apart = random.nextInt(10) == 0;
    Optional<Authority> shared = apart ? Optional.empty() : Optional.of(authority(name));
    X509Certificate legacy = foreign(name);
    for (int i = 0; i < size; i++) {
      String stage = STAGES.get(i % STAGES.size());
      String application = APPLICATIONS.get(i / STAGES.size());
      String namespace = name + "-" + application + "-" + stage;
      Authority ca = shared.orElseGet(() -> authority(namespace));
      X509Certificate foreign = random.nextBoolean() ? legacy : foreign(namespace);
      Holders holders = new Holders(this, ca, namespace, name + "-" + stage, application);
      tenants.add(new Tenant(namespace, ca, foreign, filters(namespace), holders.all()));
    }
    return this;
  }

  private Authority authority(String of) {
    boolean lasting = random.nextInt(5) == 0;
    Duration validity = DAY.multipliedBy(lasting ? 730 : 365);
    Duration renewBefore = DAY.multipliedBy(lasting ? 90 : 60);
    Duration age =
        switch (shape.due()) {
          case NOTHING -> upTo(validity.minus(renewBefore).minus(DAY));
          case ROLLOVER -> validity.minus(renewBefore).plus(DAY).plus(upTo(DAY.multipliedBy(15)));
        };
    CaProfile profile =
        new CaProfile(
            new Subject(of + " CA", Optional.of("Acme"), Optional.empty()),
            KeyAlgorithm.EC_P256,
            validity);
    Instant from = at.minus(age);
    var held =
        Mint.authority(
            profile,
            new Validity(from, from.plus(validity)),
            keys.ofCa(certificates++),
            secureRandom);
    authorities.add(new Authority(of, profile, renewBefore, held));
    return authorities.getLast();
  }

  /// From before there was newleaf.
  private X509Certificate foreign(String of) {
    var subject = new Subject(of + " legacy CA", Optional.of("Acme"), Optional.empty());
    Duration validity = DAY.multipliedBy(3650);
    var profile = new CaProfile(subject, KeyAlgorithm.EC_P256, validity);
    Instant from = at.minus(DAY.multipliedBy(random.nextInt(400, 2000)));
    return Mint.authority(
            profile,
            new Validity(from, from.plus(validity)),
            keys.ofCa(certificates++),
            secureRandom)
        .certificate();
  }

  /// Two in five have some; they let every leaf of the namespace in.
  private List<CertificateFilter> filters(String namespace) {
    return switch (random.nextInt(5)) {
      case 0 -> List.of(commonName(namespace + "." + Fleet.ACCOUNT));
      case 1 -> List.of(commonName("spiffe-*"), commonName(namespace + "*"));
      default -> List.of();
    };
  }

  private static CertificateFilter commonName(String value) {
    return new CertificateFilter(
        Optional.of(value), Optional.empty(), Optional.empty(), Optional.empty());
  }

  KeyPair key() {
    return keys.ofLeaf(certificates++);
  }

  /// In whole seconds; never longer ago than something else.
  Duration upTo(Duration most) {
    return Duration.ofSeconds(random.nextLong(0, Math.max(1, most.toSeconds())));
  }

  Shape shape() {
    return shape;
  }

  Instant at() {
    return at;
  }

  Random random() {
    return random;
  }

  SecureRandom secureRandom() {
    return secureRandom;
  }

  List<Authority> authorities() {
    return authorities;
  }

  List<Tenant> tenants() {
    return tenants;
  }
}
