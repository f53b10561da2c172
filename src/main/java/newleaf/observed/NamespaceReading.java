package newleaf.observed;

import java.security.cert.X509Certificate;
import java.util.List;

/// A namespace and the certificates of its trust bundle in full: signatures are verified against
/// them, and a removed one can be put back.
public record NamespaceReading(
    ObservedNamespace namespace, List<X509Certificate> acceptedClientCas) {
  public NamespaceReading {
    acceptedClientCas = List.copyOf(acceptedClientCas);
  }
}
