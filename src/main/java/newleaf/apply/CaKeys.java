package newleaf.apply;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import newleaf.cert.CaProfile;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;

/// Makes CAs and signs with them. The private key of a CA stays behind this port.
public interface CaKeys {

  /// Makes generation `generation`. The encrypted key is on disk, fsynced, before the certificate
  /// is, and both before this returns. A generation that is already there is returned as it is,
  /// never made twice.
  ///
  /// @throws newleaf.NewleafException Misconfigured or Denied for a missing or wrong passphrase
  CaReading make(CaRef ca, int generation, CaProfile profile);

  /// Makes generation `generation` with the key and the subject of generation `of`. As with `make`,
  /// one that is already there is returned as it is.
  ///
  /// @throws newleaf.NewleafException Refused when the key of generation `of` is not there
  CaReading renew(CaRef ca, int generation, int of, Duration validity);

  /// Issues a leaf with a fresh key.
  ///
  /// @throws newleaf.NewleafException Refused when the key of that generation is not there
  HeldCertificate issue(CaRef ca, int generation, LeafProfile profile);

  /// Issues a leaf for a key that is somewhere else.
  ///
  /// @throws newleaf.NewleafException Refused when the key of that generation is not there
  X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key);

  /// Whether the key of that generation is there to sign with.
  boolean held(CaRef ca, int generation);

  /// A leaf of the same profile from a CA that nobody trusts, to prove that strangers are refused.
  HeldCertificate stranger(LeafProfile profile);
}
