package newleaf.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.cert.Validity;
import newleaf.desired.CaSpec;
import newleaf.desired.LeafSpec;
import newleaf.desired.Located;
import newleaf.desired.Renewal;
import newleaf.desired.Retire;
import newleaf.desired.SecretSource;
import newleaf.observed.CaRef;

/// Certificates and specs as planning sees them. No certificate here was ever signed: its
/// fingerprint is the digest of a label.
final class Facts {
  static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  static final Source AT = new Source("f.yaml", 14, 18);

  private Facts() {}

  static Fingerprint fingerprint(String label) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return new Fingerprint(
          HexFormat.of().formatHex(sha.digest(label.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static CaSpec ca(String name) {
    return ca(name, subject(name + " CA"), KeyAlgorithm.EC_P384, Retire.AFTER_VERIFY);
  }

  static CaSpec ca(String name, Subject subject, KeyAlgorithm key, Retire retire) {
    return new CaSpec(
        name,
        new CaProfile(subject, key, Duration.ofDays(365)),
        new Located<>(Duration.ofDays(60), AT),
        new CaRef(name, "keys"),
        new SecretSource.Env("PASSPHRASE"),
        retire,
        Duration.ofMinutes(10),
        List.of(),
        Renewal.REKEY,
        Optional.empty(),
        AT);
  }

  static CaSpec adopting(CaSpec spec, Certificate... adopted) {
    return new CaSpec(
        spec.name(),
        spec.profile(),
        spec.renewBefore(),
        spec.keys(),
        spec.passphrase(),
        spec.retire(),
        spec.soak(),
        Arrays.stream(adopted).map(Certificate::fingerprint).toList(),
        spec.renewal(),
        spec.notBefore(),
        spec.at());
  }

  static CaSpec renewing(CaSpec ca, Renewal renewal) {
    return new CaSpec(
        ca.name(),
        ca.profile(),
        ca.renewBefore(),
        ca.keys(),
        ca.passphrase(),
        ca.retire(),
        ca.soak(),
        ca.adopted(),
        renewal,
        ca.notBefore(),
        ca.at());
  }

  static CaSpec notBefore(CaSpec ca, Instant time) {
    return notBefore(ca, time, AT);
  }

  static CaSpec notBefore(CaSpec ca, Instant time, Source where) {
    return new CaSpec(
        ca.name(),
        ca.profile(),
        ca.renewBefore(),
        ca.keys(),
        ca.passphrase(),
        ca.retire(),
        ca.soak(),
        ca.adopted(),
        ca.renewal(),
        Optional.of(new Located<>(time, where)),
        ca.at());
  }

  static LeafSpec notBefore(LeafSpec leaf, Instant time) {
    return new LeafSpec(
        leaf.name(),
        leaf.ca(),
        leaf.profile(),
        leaf.renewBefore(),
        Optional.of(new Located<>(time, AT)),
        leaf.at());
  }

  static LeafSpec leaf(String name, String ca) {
    return leaf(name, ca, subject(name + ".sdvdw"), List.of());
  }

  static LeafSpec leaf(String name, String ca, Subject subject, List<String> dnsNames) {
    return new LeafSpec(
        name,
        ca,
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(30), dnsNames),
        new Located<>(Duration.ofDays(10), AT),
        Optional.empty(),
        AT);
  }

  static Subject subject(String commonName) {
    return new Subject(commonName, Optional.of("Temporal"), Optional.empty());
  }

  /// Generation of a CA, made as its spec says.
  static Certificate made(CaSpec spec, int generation, Duration left) {
    String name =
        spec.profile().subject().withCommonName(spec.profile().commonName(generation)).text();
    return authority(spec.name() + "-g" + generation, name, spec.profile().key().text(), left);
  }

  /// The key and the subject of another generation.
  static Certificate renewed(CaSpec spec, int generation, Certificate of, Duration left) {
    String label = spec.name() + "-g" + generation + " again";
    return authority(label, of.subject().value(), of.key(), left);
  }

  static Certificate foreign(String commonName, Duration left) {
    return authority("foreign " + commonName, "CN=" + commonName, "rsa-2048", left);
  }

  private static Certificate authority(String label, String name, String key, Duration left) {
    DistinguishedName self = new DistinguishedName(name);
    return new Certificate(fingerprint(label), self, self, validity(left), List.of(), key, true);
  }

  /// A leaf, made as its spec says.
  static Certificate issued(LeafSpec spec, String label, Certificate issuer, Duration left) {
    return new Certificate(
        fingerprint(label),
        new DistinguishedName(spec.profile().subject().text()),
        issuer.subject(),
        validity(left),
        spec.profile().dnsNames(),
        spec.profile().key().text(),
        false);
  }

  private static Validity validity(Duration left) {
    Instant end = NOW.plus(left);
    return new Validity(end.minus(Duration.ofDays(1000)), end);
  }

  static CertificateFilter commonName(String pattern) {
    return new CertificateFilter(
        Optional.of(pattern), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
