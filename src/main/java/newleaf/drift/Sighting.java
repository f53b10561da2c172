package newleaf.drift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.plan.Plan.Role;

/// A certificate that was seen, and where.
///
/// @param address `ca/booking-g2`, `foreign-ca/9f31c2aa` or a place of leaves
/// @param trustedBy the namespaces that accept it, for CAs
/// @param renewAt when newleaf means to replace it; empty for what it does not replace
public record Sighting(
    Role role,
    String address,
    Certificate certificate,
    List<String> trustedBy,
    Optional<Instant> renewAt) {
  public Sighting {
    trustedBy = List.copyOf(trustedBy);
  }
}
