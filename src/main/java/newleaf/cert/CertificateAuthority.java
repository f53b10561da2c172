package newleaf.cert;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;

/// A CA with its key: makes itself and issues leaves. What stands in them is in [Issuance].
public final class CertificateAuthority {

  /// Clocks of servers lag; Go reports a certificate of the near future as expired.
  private static final Duration BACKDATE = Duration.ofMinutes(5);

  private final HeldCertificate held;

  private CertificateAuthority(HeldCertificate held) {
    this.held = held;
  }

  /// A CA that is there already.
  public static CertificateAuthority of(HeldCertificate held) {
    return new CertificateAuthority(held);
  }

  public static CertificateAuthority selfSigned(
      CaProfile profile, int generation, Instant now, SecureRandom random) {
    PrivateKey key = PrivateKeys.generate(profile.key(), random);
    return selfSigned(profile, generation, key, now, random);
  }

  /// With a key that is there already, so that it can be on disk before the certificate exists.
  public static CertificateAuthority selfSigned(
      CaProfile profile, int generation, PrivateKey key, Instant now, SecureRandom random) {
    Subject subject = profile.subject().withCommonName(profile.commonName(generation));
    return selfSigned(Issuance.nameOf(subject), key, profile.validity(), now, random);
  }

  /// The same key and, byte for byte, the same subject with a new validity: leaves of the one
  /// before verify against it.
  public CertificateAuthority renewed(Duration validity, Instant now, SecureRandom random) {
    X500Name name = Issuance.subjectOf(held.certificate());
    return selfSigned(name, held.key(), validity, now, random);
  }

  private static CertificateAuthority selfSigned(
      X500Name name, PrivateKey key, Duration lifetime, Instant now, SecureRandom random) {
    PublicKey publicKey = PrivateKeys.publicKeyOf(key);
    var validity = new Validity(backdated(now), seconds(now).plus(lifetime));
    var certificate =
        new Issuance(name, key, random).ofAuthority(new Issuance.Bearer(name, publicKey, validity));
    var authority = new CertificateAuthority(new HeldCertificate(certificate, key));
    authority.check(now, random);
    return authority;
  }

  /// Issues a leaf with a fresh key. It ends with its CA at the latest.
  ///
  /// @throws IllegalArgumentException with a sentence for the user, when the CA has expired or the
  ///   leaf would have its name
  public HeldCertificate issue(LeafProfile profile, Instant now, SecureRandom random) {
    refuseUnusable(now);
    KeyPair keys = PrivateKeys.generatePair(profile.key(), random);
    return new HeldCertificate(issue(profile, keys.getPublic(), now, random), keys.getPrivate());
  }

  /// Issues a leaf for a key that is somewhere else.
  ///
  /// @throws IllegalArgumentException as above, and when the key is of another type than the
  ///   profile asks for
  public X509Certificate issue(
      LeafProfile profile, PublicKey key, Instant now, SecureRandom random) {
    refuseUnusable(now);
    if (!profile.key().fits(key)) {
      throw new IllegalArgumentException(
          "the key of the leaf is not of type " + profile.key().text() + ".");
    }
    X500Name subject = Issuance.nameOf(profile.subject());
    var bearer = new Issuance.Bearer(subject, key, validityOfLeaf(profile.validity(), now));
    X509Certificate leaf =
        new Issuance(Issuance.subjectOf(held.certificate()), held.key(), random)
            .ofLeaf(
                bearer, Issuance.subjectKeyIdentifierOf(held.certificate()), profile.dnsNames());
    refuseSameName(leaf);
    return leaf;
  }

  public X509Certificate certificate() {
    return held.certificate();
  }

  private void refuseUnusable(Instant now) {
    Certificate ca = Certificate.of(held.certificate());
    if (ca.validity().expiredAt(now)) {
      throw new IllegalArgumentException(
          "the CA "
              + ca.subject().value()
              + " expired at "
              + ca.validity().notAfter()
              + " and can issue no more.");
    }
  }

  /// Temporal Cloud refuses a chain in which two certificates have the same subject.
  private static void refuseSameName(X509Certificate x509) {
    Certificate leaf = Certificate.of(x509);
    if (leaf.selfIssued()) {
      throw new IllegalArgumentException(
          "the leaf would have the subject of its CA, " + leaf.issuer().value() + ".");
    }
  }

  private Validity validityOfLeaf(Duration wanted, Instant now) {
    Validity own = Certificate.of(held.certificate()).validity();
    Instant from = backdated(now);
    Instant to = seconds(now).plus(wanted);
    if (to.isBefore(own.notBefore())) {
      throw new IllegalArgumentException(
          "the CA begins at " + own.notBefore() + ", when the leaf would have ended already.");
    }
    return new Validity(
        from.isBefore(own.notBefore()) ? own.notBefore() : from,
        to.isAfter(own.notAfter()) ? own.notAfter() : to);
  }

  /// A throw-away leaf shows that the CA works, before anything relies on it.
  private void check(Instant now, SecureRandom random) {
    var subject = new Subject("newleaf self-check", Optional.empty(), Optional.empty());
    var profile = new LeafProfile(subject, KeyAlgorithm.EC_P256, BACKDATE, List.of());
    HeldCertificate leaf = issue(profile, now, random);
    try {
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      var path =
          CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf.certificate()));
      var _ = CertPathValidator.getInstance("PKIX").validate(path, parameters);
      certificate().verify(certificate().getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a CA that was just made does not verify its leaf", e);
    }
  }

  private static Instant backdated(Instant now) {
    return seconds(now).minus(BACKDATE);
  }

  private static Instant seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }
}
