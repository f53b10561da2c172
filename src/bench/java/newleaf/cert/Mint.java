package newleaf.cert;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

/// Certificates of the profile that newleaf makes, by the thousand: keys are given, because making
/// them takes longest, and nothing is checked.
public final class Mint {
  private Mint() {}

  public static KeyPair keys(SecureRandom random) {
    return PrivateKeys.generatePair(KeyAlgorithm.EC_P256, random);
  }

  public static HeldCertificate authority(
      CaProfile profile, Validity validity, KeyPair keys, SecureRandom random) {
    var subject = profile.subject().withCommonName(profile.commonName(1));
    var name = Issuance.nameOf(subject);
    var bearer = new Issuance.Bearer(name, keys.getPublic(), validity);
    var certificate = new Issuance(name, keys.getPrivate(), random).ofAuthority(bearer);
    return new HeldCertificate(certificate, keys.getPrivate());
  }

  public static X509Certificate leaf(
      HeldCertificate ca, Subject subject, Validity validity, PublicKey key, SecureRandom random) {
    return new Issuance(Issuance.subjectOf(ca.certificate()), ca.key(), random)
        .ofLeaf(
            new Issuance.Bearer(Issuance.nameOf(subject), key, validity),
            Issuance.subjectKeyIdentifierOf(ca.certificate()),
            List.of());
  }
}
