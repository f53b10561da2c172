package newleaf.observed;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;

/// A leaf that newleaf issued, as its journal says.
///
/// @param place the address of where it was put
/// @param namespaces where its holders connect to
/// @param earlier the last leaf of each other issuer at this place
public record IssuedLeaf(
    String place,
    Fingerprint leaf,
    Fingerprint issuer,
    Instant notAfter,
    LeafProfile profile,
    List<String> namespaces,
    List<Earlier> earlier) {

  public record Earlier(Fingerprint leaf, Fingerprint issuer, Instant notAfter) {}

  public IssuedLeaf {
    namespaces = List.copyOf(namespaces);
    earlier = List.copyOf(earlier);
  }

  /// What is to be remembered of it when another leaf comes to its place.
  public List<Earlier> history(Fingerprint nextIssuer) {
    return Stream.concat(earlier.stream(), Stream.of(new Earlier(leaf, issuer, notAfter)))
        .filter(e -> !e.issuer().equals(nextIssuer))
        .toList();
  }
}
