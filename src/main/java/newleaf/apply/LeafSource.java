package newleaf.apply;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.CaRef;

/// One generation of a CA, for whoever is to get a leaf of it.
public record LeafSource(CaKeys keys, CaRef ca, int generation) {

  /// With a fresh key.
  public HeldCertificate issue(LeafProfile profile) {
    return keys.issue(ca, generation, profile);
  }

  /// For a key that is somewhere else.
  public X509Certificate issue(LeafProfile profile, PublicKey key) {
    return keys.issue(ca, generation, profile, key);
  }
}
