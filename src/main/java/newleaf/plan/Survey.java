package newleaf.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.observed.WorkerRef;

/// What is there, found by its name, beside what is [Wanted].
final class Survey {
  final Wanted wanted;
  final Observed observed;
  final Instant asOf;
  private final Map<String, ObservedNamespace> namespaces;
  private final Map<LeafPlace, ObservedLeaf> leaves;
  private final Map<WorkerRef, ObservedWorker> workers;
  private final Map<Fingerprint, ObservedCa> cas;
  private final Map<String, Integer> readAs = new HashMap<>();
  private final Grouped<String, ObservedCa> generations = new Grouped<>();
  private final Grouped<Fingerprint, ObservedNamespace> trusting = new Grouped<>();
  private final Grouped<Fingerprint, Integer> issuedBy = new Grouped<>();

  Survey(Desired desired, Observed observed, Instant asOf) {
    this.wanted = new Wanted(desired);
    this.observed = observed;
    this.asOf = asOf;
    namespaces = first(observed.namespaces(), ObservedNamespace::name);
    leaves = first(observed.leaves(), ObservedLeaf::place);
    workers = first(observed.workers(), ObservedWorker::worker);
    cas = first(observed.cas(), ca -> ca.certificate().fingerprint());
    observed.cas().stream()
        .sorted(Comparator.comparingInt(ObservedCa::generation))
        .forEach(ca -> generations.add(ca.name(), ca));
    for (ObservedNamespace namespace : observed.namespaces()) {
      readAs.putIfAbsent(namespace.name(), readAs.size());
      namespace.acceptedClientCas().stream()
          .map(Certificate::fingerprint)
          .distinct()
          .forEach(ca -> trusting.add(ca, namespace));
    }
    ledger(observed.recorded().issued());
  }

  private void ledger(List<IssuedLeaf> issued) {
    for (int i = 0; i < issued.size(); i++) {
      issuedBy.add(issued.get(i).issuer(), i);
      for (IssuedLeaf.Earlier earlier : issued.get(i).earlier()) {
        issuedBy.add(earlier.issuer(), i);
      }
    }
  }

  private static <K, T> Map<K, T> first(Collection<T> all, Function<T, K> key) {
    Map<K, T> found = new HashMap<>();
    all.forEach(one -> found.putIfAbsent(key.apply(one), one));
    return found;
  }

  Recorded recorded() {
    return observed.recorded();
  }

  Optional<ObservedNamespace> namespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  /// Those of the names that are there, in the order in which they were read.
  List<ObservedNamespace> namespaces(Collection<String> names) {
    return names.stream()
        .distinct()
        .map(namespaces::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(n -> readAs.get(n.name())))
        .toList();
  }

  /// The namespaces that accept a certificate now, in the order in which they were read.
  List<ObservedNamespace> trusting(Fingerprint ca) {
    return trusting.of(ca);
  }

  Optional<ObservedLeaf> leaf(LeafPlace place) {
    return Optional.ofNullable(leaves.get(place));
  }

  /// What lies at a place of the YAML; each of them was looked at.
  ObservedLeaf leafAt(LeafPlace place) {
    return leaf(place)
        .orElseThrow(() -> new IllegalStateException(place.address() + " was not observed"));
  }

  Optional<ObservedWorker> worker(WorkerRef ref) {
    return Optional.ofNullable(workers.get(ref));
  }

  Optional<ObservedCa> ca(Fingerprint certificate) {
    return Optional.ofNullable(cas.get(certificate));
  }

  /// The generations of a CA, oldest first.
  List<ObservedCa> generations(String ca) {
    return generations.of(ca);
  }

  /// The entries of the ledger that name one of the issuers, in their order.
  List<IssuedLeaf> issuedBy(Set<Fingerprint> issuers) {
    return issuers.stream()
        .flatMap(i -> issuedBy.of(i).stream())
        .distinct()
        .sorted()
        .map(observed.recorded().issued()::get)
        .toList();
  }

  /// Those of a CA with the key of one of them.
  Set<Fingerprint> sameKey(ObservedCa ca) {
    return SameKey.of(generations(ca.name()), ca).fingerprints();
  }
}
