package newleaf.bench;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// The namespaces of one company: what is wanted of them, and what is there.
record Fleet(Shape shape, Instant at, List<Authority> authorities, List<Tenant> tenants) {
  static final String ACCOUNT = "bench1";
  static final String KEYS = "keys";

  /// A CA that newleaf keeps, in its first generation.
  record Authority(String name, CaProfile profile, Duration renewBefore, HeldCertificate held) {}

  /// A namespace.
  ///
  /// @param foreign a CA that newleaf does not know of, accepted as well
  record Tenant(
      String name,
      Authority ca,
      X509Certificate foreign,
      List<CertificateFilter> filters,
      List<Holding> holdings) {
    List<X509Certificate> bundle() {
      return List.of(foreign, ca.held().certificate());
    }

    String fullName() {
      return name + "." + ACCOUNT;
    }
  }

  /// A kind of leaf, as under `leaves:`.
  record LeafKind(String name, String ca, LeafProfile profile, Duration renewBefore) {}

  /// Whoever holds a leaf.
  ///
  /// @param client stands under `clients:`, the others under `workers:`
  record Holding(
      String name,
      LeafKind kind,
      LeafPlace place,
      Optional<WorkerRef> deployment,
      boolean client,
      HeldCertificate leaf,
      Instant writtenAt) {}

  List<Holding> holdings() {
    return tenants.stream().flatMap(t -> t.holdings().stream()).toList();
  }

  List<LeafKind> kinds() {
    return holdings().stream().map(Holding::kind).distinct().toList();
  }
}
