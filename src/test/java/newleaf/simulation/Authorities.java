package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.ObservedCa;

/// Where the keys of newleaf's CAs lie; the disk of the machine that all operators share.
final class Authorities {
  final Map<CaRef, Map<Integer, CertificateAuthority>> all = new HashMap<>();
  private final Map<List<Object>, Integer> alike = new HashMap<>();

  Map<Integer, CertificateAuthority> of(CaRef ca) {
    return all.computeIfAbsent(ca, _ -> new TreeMap<>());
  }

  List<CaReading> read(CaRef ca) {
    return of(ca).keySet().stream().map(generation -> reading(ca, generation)).toList();
  }

  CaReading reading(CaRef ca, int generation) {
    X509Certificate certificate = of(ca).get(generation).certificate();
    return new CaReading(
        new ObservedCa(ca.name(), generation, Mint.facts(certificate), true), certificate);
  }

  /// @return whether it was not there yet
  boolean make(CaRef ca, int generation, CaProfile profile, Instant at) {
    return of(ca).putIfAbsent(generation, Mint.ca(profile, generation, at)) == null;
  }

  boolean renew(CaRef ca, int generation, int of, Duration validity, Instant at) {
    CertificateAuthority before = of(ca).get(of);
    return of(ca).putIfAbsent(generation, Mint.renewed(before, validity, at)) == null;
  }

  HeldCertificate leaf(CertificateAuthority ca, LeafProfile profile, Instant at) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    int nth =
        alike.merge(List.of(Mint.fingerprint(ca.certificate()), profile, hour), 1, Integer::sum);
    return Mint.leaf(ca, profile, at, nth);
  }

  /// The name in the YAML of one that newleaf made.
  Optional<String> nameOf(X509Certificate certificate) {
    return all.entrySet().stream()
        .filter(
            e -> e.getValue().values().stream().anyMatch(a -> a.certificate().equals(certificate)))
        .map(e -> e.getKey().name())
        .findFirst();
  }
}
