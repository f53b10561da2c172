package newleaf.apply;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;

/// CAs, leaves and filters for the contracts of the cloud side.
final class CloudAuthorities {
  static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  static final CertificateAuthority OLD = ca("Old CA", START, Duration.ofDays(365));
  static final CertificateAuthority NEW = ca("New CA", START, Duration.ofDays(365));
  static final CertificateAuthority OTHER = ca("Other CA", START, Duration.ofDays(30));
  private static final SecureRandom RANDOM = new SecureRandom();

  private CloudAuthorities() {}

  static CertificateAuthority ca(String name, Instant from, Duration validity) {
    Subject subject = new Subject(name, Optional.of("newleaf"), Optional.empty());
    return CertificateAuthority.selfSigned(
        new CaProfile(subject, KeyAlgorithm.EC_P256, validity), 1, from, new SecureRandom());
  }

  static HeldCertificate leaf(CertificateAuthority ca) {
    return leaf(ca, START, Duration.ofDays(90));
  }

  static HeldCertificate leaf(CertificateAuthority ca, Instant from, Duration validity) {
    Subject subject = new Subject("booking", Optional.empty(), Optional.empty());
    return ca.issue(
        new LeafProfile(subject, KeyAlgorithm.EC_P256, validity, List.of()), from, RANDOM);
  }

  static CertificateFilter commonName(String pattern) {
    return new CertificateFilter(
        Optional.of(pattern), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
