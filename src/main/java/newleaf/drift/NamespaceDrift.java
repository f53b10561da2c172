package newleaf.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedNamespace.State;

/// What was changed on a namespace. Resource versions, the order of CAs and filters, and updates
/// under way are not looked at.
record NamespaceDrift(ObservedNamespace before, Deeds since) {

  List<Finding> find(Optional<ObservedNamespace> now) {
    return now.isEmpty() ? List.of(new Finding.NamespaceGone(before.name())) : find(now.get());
  }

  private List<Finding> find(ObservedNamespace now) {
    List<Finding> found = new ArrayList<>();
    if (now.state() == State.UNAVAILABLE && before.state() != State.UNAVAILABLE) {
      found.add(new Finding.NamespaceNotActive(now.name()));
    }
    mtls(now, found);
    for (Certificate ca : now.acceptedClientCas()) {
      if (!before.trusts(ca.fingerprint()) && !since.adds(now.name(), ca.fingerprint())) {
        found.add(new Finding.CaAdded(now.name(), ca));
      }
    }
    for (Certificate ca : before.acceptedClientCas()) {
      if (!now.trusts(ca.fingerprint()) && !since.drops(now.name(), ca.fingerprint())) {
        found.add(new Finding.CaRemoved(now.name(), ca));
      }
    }
    filters(now, found);
    return found;
  }

  private void mtls(ObservedNamespace now, List<Finding> found) {
    if (before.mtlsEnabled() && !now.mtlsEnabled()) {
      found.add(new Finding.MtlsTurnedOff(now.name()));
    }
    if (!before.mtlsEnabled() && now.mtlsEnabled() && !since.turnsMtlsOn(now.name())) {
      found.add(new Finding.MtlsTurnedOn(now.name()));
    }
  }

  private void filters(ObservedNamespace now, List<Finding> found) {
    Set<CertificateFilter> is = Set.copyOf(now.filters());
    if (!is.equals(Set.copyOf(before.filters())) && !since.filters(now.name(), is)) {
      found.add(new Finding.FiltersChanged(now.name(), before.filters(), now.filters()));
    }
  }
}
