package newleaf.desired;

import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.cert.CertificateFilter;

/// A namespace of the account.
///
/// @param name `<name>.<account>`
/// @param cas names under `cas:` that it accepts; accepted CAs newleaf did not make are left alone
/// @param filters the filters it shall have; empty when the YAML does not speak of them (left
///   alone)
public record NamespaceSpec(
    String name, List<String> cas, Optional<List<CertificateFilter>> filters, Source at) {
  public NamespaceSpec {
    cas = List.copyOf(cas);
    filters = filters.map(List::copyOf);
  }
}
