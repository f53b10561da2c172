package newleaf.apply;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.PrivateKeys;
import newleaf.cert.Subject;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.Cas;
import newleaf.observed.ObservedCa;

/// CAs with real certificates and keys, in memory.
final class FakeAuthorities implements Cas, CaKeys {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Addresses of the CAs that newleaf had made.
  final List<String> made = new ArrayList<>();

  /// Addresses of CAs whose key is gone.
  final Set<String> lost = new HashSet<>();

  /// Leaves come from a CA that nobody trusts: a bug, or a key file that was swapped.
  boolean swapped;

  /// Real keys are slow: worlds that are alike up to a moment share what was made until then.
  private static final Map<List<Object>, CertificateAuthority> CAS = new ConcurrentHashMap<>();

  private static final Map<X509Certificate, PrivateKey> KEYS = new ConcurrentHashMap<>();

  private static final Map<List<Object>, HeldCertificate> LEAVES = new ConcurrentHashMap<>();

  private final FakeTime time;
  private final Map<List<Object>, Integer> alike = new HashMap<>();
  private final Map<CaRef, Map<Integer, CertificateAuthority>> authorities = new HashMap<>();

  FakeAuthorities(FakeTime time) {
    this.time = time;
  }

  static CertificateAuthority foreign(String commonName, Instant made) {
    Subject subject = new Subject(commonName, Optional.of("Others"), Optional.empty());
    CaProfile profile = new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(365));
    return made(profile, 1, made);
  }

  CertificateAuthority seed(CaRef ca, int generation, CaProfile profile, Instant at) {
    CertificateAuthority authority = made(profile, generation, at);
    of(ca).put(generation, authority);
    return authority;
  }

  private static CertificateAuthority made(CaProfile profile, int generation, Instant at) {
    return CAS.computeIfAbsent(
        List.of(profile, generation, at),
        _ -> {
          PrivateKey key = PrivateKeys.generate(profile.key(), RANDOM);
          var authority = CertificateAuthority.selfSigned(profile, generation, key, at, RANDOM);
          KEYS.put(authority.certificate(), key);
          return authority;
        });
  }

  /// Never the same leaf twice in one world.
  HeldCertificate leaf(CertificateAuthority ca, LeafProfile profile, Instant at) {
    int before = alike.merge(List.of(ca.certificate(), profile, at), 1, Integer::sum);
    return LEAVES.computeIfAbsent(
        List.of(ca.certificate(), profile, at, before), _ -> ca.issue(profile, at, RANDOM));
  }

  private Map<Integer, CertificateAuthority> of(CaRef ca) {
    return authorities.computeIfAbsent(ca, _ -> new TreeMap<>());
  }

  /// Of all CAs that were made or seeded.
  List<PrivateKey> keys() {
    return all().stream().map(ca -> KEYS.get(ca.certificate())).toList();
  }

  List<CaReading> all() {
    return authorities.keySet().stream().flatMap(ca -> read(ca).stream()).toList();
  }

  @Override
  public List<CaReading> read(CaRef ca) {
    return of(ca).keySet().stream().map(generation -> reading(ca, generation)).toList();
  }

  private CaReading reading(CaRef ca, int generation) {
    CertificateAuthority authority = of(ca).get(generation);
    return new CaReading(
        new ObservedCa(
            ca.name(), generation, Certificate.of(authority.certificate()), held(ca, generation)),
        authority.certificate());
  }

  @Override
  public CaReading make(CaRef ca, int generation, CaProfile profile) {
    if (!of(ca).containsKey(generation)) {
      seed(ca, generation, profile, time.instant());
      made.add(ObservedCa.address(ca.name(), generation));
    }
    return reading(ca, generation);
  }

  @Override
  public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
    if (!of(ca).containsKey(generation)) {
      CertificateAuthority before = of(ca).get(of);
      Instant now = time.instant();
      of(ca)
          .put(
              generation,
              CAS.computeIfAbsent(
                  List.of(before.certificate(), validity, now),
                  _ -> before.renewed(validity, now, RANDOM)));
      made.add(ObservedCa.address(ca.name(), generation));
    }
    return reading(ca, generation);
  }

  @Override
  public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
    return swapped ? stranger(profile) : leaf(of(ca).get(generation), profile, time.instant());
  }

  @Override
  public X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key) {
    return of(ca).get(generation).issue(profile, key, time.instant(), RANDOM);
  }

  @Override
  public boolean held(CaRef ca, int generation) {
    return of(ca).containsKey(generation)
        && !lost.contains(ObservedCa.address(ca.name(), generation));
  }

  @Override
  public HeldCertificate stranger(LeafProfile profile) {
    return leaf(foreign("Stranger", time.instant()), profile, time.instant());
  }
}
