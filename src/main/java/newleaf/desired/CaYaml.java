package newleaf.desired;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;

/// An entry of `cas:`.
final class CaYaml {
  private static final Duration DEFAULT_SOAK = Duration.ofMinutes(10);
  private static final SecretSource DEFAULT_PASSPHRASE =
      new SecretSource.Env("NEWLEAF_CA_PASSPHRASE");

  /// " G999"
  private static final int ROOM_FOR_GENERATION = 5;

  private CaYaml() {}

  static CaSpec read(String name, Section ca) {
    ca.knows(
        "adopt",
        "subject",
        "key",
        "validity",
        "renewBefore",
        "keys",
        "retire",
        "soak",
        "renewal",
        "notBefore");
    Lifetime lifetime = Lifetime.read(ca, "each generation");
    CaProfile profile =
        new CaProfile(
            SubjectYaml.read(ca.section("subject"), ROOM_FOR_GENERATION),
            key(ca, KeyAlgorithm.EC_P384),
            lifetime.validity());
    Section keys = ca.section("keys");
    keys.knows("directory", "secret", "passphrase");
    return new CaSpec(
        name,
        profile,
        lifetime.renewBefore(),
        ref(name, keys),
        SecretYaml.read(keys, "passphrase", true, DEFAULT_PASSPHRASE),
        ca.choice("retire", List.of(Retire.values()), CaYaml::word).orElse(Retire.MANUAL),
        soak(ca, lifetime),
        ca.texts("adopt", Names::fingerprint).stream()
            .flatMap(text -> Fingerprint.parse(text.value()).stream())
            .toList(),
        ca.choice("renewal", List.of(Renewal.values()), CaYaml::word).orElse(Renewal.REKEY),
        Times.read(ca, "notBefore"),
        ca.at());
  }

  private static CaRef ref(String name, Section keys) {
    Optional<LeafPlace.Secret> secret = PlaceYaml.secret(keys);
    if (secret.isPresent() && keys.has("directory")) {
      keys.problems()
          .add(
              Codes.KEYS_IN_TWO_PLACES,
              keys.at("directory"),
              "ca.keys has both secret and directory; the keys of a CA are in one place.",
              "Remove one of the two.");
    }
    return secret
        .map(s -> CaRef.inSecret(name, s))
        .orElseGet(() -> new CaRef(name, keys.text("directory", Section.Check.ANY).value()));
  }

  static KeyAlgorithm key(Section section, KeyAlgorithm otherwise) {
    return section
        .choice("key", List.of(KeyAlgorithm.values()), KeyAlgorithm::text)
        .orElse(otherwise);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration soak(Section ca, Lifetime lifetime) {
    Optional<Located<Duration>> written = ca.optionalDuration("soak");
    Duration soak = written.map(Located::value).orElse(DEFAULT_SOAK);
    Duration renewBefore = lifetime.renewBefore().value();
    if (renewBefore.isPositive() && soak.compareTo(renewBefore) >= 0) {
      ca.problems()
          .add(
              Codes.SOAK_TOO_LONG,
              ca.at("soak"),
              "ca.soak is %s but ca.renewBefore is %s; the old CA would expire during the soak."
                  .formatted(Durations.text(soak), Durations.text(renewBefore)),
              "Set soak below " + Durations.text(renewBefore) + ".");
    }
    return soak;
  }
}
