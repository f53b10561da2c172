package newleaf.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.Observer;

/// Real certificates are slow to make. Those that look alike are made once for all seeds, on the
/// hour, and from a key that follows from how they look: so they are the same in each process.
final class Mint {
  private static final Map<List<Object>, CertificateAuthority> CAS = new ConcurrentHashMap<>();
  private static final Map<List<Object>, HeldCertificate> LEAVES = new ConcurrentHashMap<>();
  private static final Map<X509Certificate, Fingerprint> FINGERPRINTS = new ConcurrentHashMap<>();
  private static final Map<X509Certificate, Certificate> FACTS = new ConcurrentHashMap<>();
  private static final Map<List<Fingerprint>, Boolean> SIGNED = new ConcurrentHashMap<>();

  /// Leaves that prove something live for minutes; made on the hour they would be dead at once.
  private static final Duration SHORTEST = Duration.ofHours(6);

  private Mint() {}

  static CertificateAuthority ca(CaProfile profile, int generation, Instant at) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    List<Object> key = List.of(profile, generation, hour);
    return CAS.computeIfAbsent(
        key, _ -> CertificateAuthority.selfSigned(profile, generation, hour, random(key)));
  }

  static CertificateAuthority foreign(String commonName, Instant at) {
    Subject subject = new Subject(commonName, Optional.of("Others"), Optional.empty());
    return ca(new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(365)), 1, at);
  }

  static CertificateAuthority renewed(CertificateAuthority of, Duration validity, Instant at) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    List<Object> key = List.of(fingerprint(of.certificate()), validity, hour);
    return CAS.computeIfAbsent(key, _ -> of.renewed(validity, hour, random(key)));
  }

  /// @param nth of those that look alike in one world: it never gets the same leaf twice
  static HeldCertificate leaf(CertificateAuthority ca, LeafProfile wanted, Instant at, int nth) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    LeafProfile profile = lasting(wanted);
    List<Object> key = List.of(fingerprint(ca.certificate()), profile, hour, nth);
    return LEAVES.computeIfAbsent(key, _ -> ca.issue(profile, hour, random(key)));
  }

  private static LeafProfile lasting(LeafProfile p) {
    return p.validity().compareTo(SHORTEST) < 0
        ? new LeafProfile(p.subject(), p.key(), SHORTEST, p.dnsNames())
        : p;
  }

  static Fingerprint fingerprint(X509Certificate certificate) {
    return FINGERPRINTS.computeIfAbsent(certificate, Fingerprint::of);
  }

  static Certificate facts(X509Certificate certificate) {
    return FACTS.computeIfAbsent(certificate, Certificate::of);
  }

  static boolean signed(X509Certificate ca, X509Certificate leaf) {
    return SIGNED.computeIfAbsent(
        List.of(fingerprint(ca), fingerprint(leaf)),
        _ -> Observer.among(List.of(ca)).of(leaf).isPresent());
  }

  private static SecureRandom random(List<Object> key) {
    return new Following(key.toString());
  }

  /// Numbers that follow from a text.
  private static final class Following extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient SplittableRandom numbers;

    Following(String text) {
      this.numbers = new SplittableRandom(ByteBuffer.wrap(sha256(text)).getLong());
    }

    @Override
    public void nextBytes(byte[] bytes) {
      numbers.nextBytes(bytes);
    }

    private static byte[] sha256(String text) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
