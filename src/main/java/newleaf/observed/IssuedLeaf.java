package newleaf.observed;

import java.time.Instant;
import java.util.List;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;

/// A leaf that newleaf issued, as its journal says.
///
/// @param place the address of where it was put
/// @param namespaces where its holders connect to
public record IssuedLeaf(
    String place,
    Fingerprint leaf,
    Fingerprint issuer,
    Instant notAfter,
    LeafProfile profile,
    List<String> namespaces) {
  public IssuedLeaf {
    namespaces = List.copyOf(namespaces);
  }
}
