package newleaf.apply;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;

/// What changes in who a namespace accepts; all that is not named here stays as it was received.
///
/// @param add appended to the bundle, unless already in it
/// @param remove dropped from the bundle, by fingerprint
/// @param filters the certificate filters afterwards; empty leaves them alone
public record TrustChange(
    List<X509Certificate> add, Set<Fingerprint> remove, Optional<List<CertificateFilter>> filters) {
  public TrustChange {
    add = List.copyOf(add);
    remove = Set.copyOf(remove);
    filters = filters.map(List::copyOf);
  }
}
