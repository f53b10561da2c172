package newleaf.observed;

import java.time.Instant;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;

/// What lies at a place for a leaf.
///
/// @param certificate the leaf (first certificate of `tls.crt`); empty when the place has none
/// @param issuedBy the CA, among those known, whose key verifies the leaf's signature
/// @param keyMatches `tls.key` is unencrypted PKCS#8 and belongs to the leaf
/// @param version resourceVersion of the Secret, empty when it does not exist
/// @param writtenAt when its data was last written, as far as known
/// @param owner who else writes this Secret back (cert-manager, an operator), if anybody
/// @param unwritable why nobody can write a leaf there, in words that follow its address
public record ObservedLeaf(
    LeafPlace place,
    Optional<Certificate> certificate,
    Optional<Fingerprint> issuedBy,
    boolean keyMatches,
    Optional<String> version,
    Optional<Instant> writtenAt,
    Optional<String> owner,
    Optional<String> unwritable) {

  /// At a place that can be written.
  public ObservedLeaf(
      LeafPlace place,
      Optional<Certificate> certificate,
      Optional<Fingerprint> issuedBy,
      boolean keyMatches,
      Optional<String> version,
      Optional<Instant> writtenAt,
      Optional<String> owner) {
    this(place, certificate, issuedBy, keyMatches, version, writtenAt, owner, Optional.empty());
  }

  public static ObservedLeaf nothingAt(LeafPlace place) {
    return new ObservedLeaf(
        place,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
