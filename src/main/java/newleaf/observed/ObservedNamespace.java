package newleaf.observed;

import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;

/// A namespace as the Cloud Ops API shows it.
///
/// @param name `<name>.<account>`
/// @param resourceVersion opaque; compare-and-set on update
/// @param operation the asynchronous operation that is changing it, if any
/// @param acceptedClientCas in the order of the bundle
/// @param bundleBytes size of the bundle's PEM before base64; the limit is 32 KB
/// @param mtlsAddress host:port of the mTLS frontend; empty while mTLS is off
public record ObservedNamespace(
    String name,
    String resourceVersion,
    State state,
    Optional<String> operation,
    boolean mtlsEnabled,
    List<Certificate> acceptedClientCas,
    int bundleBytes,
    List<CertificateFilter> filters,
    Optional<String> mtlsAddress) {

  public enum State {
    ACTIVE,
    UPDATING,
    /// activating, suspended, being deleted, failed: not a state to change trust in
    UNAVAILABLE
  }

  public ObservedNamespace {
    acceptedClientCas = List.copyOf(acceptedClientCas);
    filters = List.copyOf(filters);
  }

  public boolean trusts(Fingerprint ca) {
    return acceptedClientCas.stream().anyMatch(c -> c.fingerprint().equals(ca));
  }
}
