package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.observed.WorkerRef;

/// What is wanted and what is there, each found by its name: a fleet has thousands of namespaces
/// and CAs, so no rule may look through all of them for a few.
final class Survey {
  final Desired desired;
  final Observed observed;
  final Instant asOf;
  private final Map<String, NamespaceSpec> specs;
  private final Map<String, LeafSpec> leafSpecs;
  private final Map<String, ClientSpec> clients;
  private final Map<String, List<ClientSpec>> clientsOf = new HashMap<>();
  private final Map<String, CaSpec> caSpecs;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, ObservedNamespace> namespaces;
  private final Map<LeafPlace, ObservedLeaf> leaves;
  private final Map<WorkerRef, ObservedWorker> workers;
  private final Map<Fingerprint, ObservedCa> cas;
  private final Map<String, List<ObservedCa>> generations = new HashMap<>();
  private final Map<String, Integer> readAs = new HashMap<>();
  private final Map<Fingerprint, List<ObservedNamespace>> trusting = new HashMap<>();
  private final Map<String, List<NamespaceSpec>> accepting = new HashMap<>();
  private final Map<String, List<NamespaceSpec>> lastOf = new HashMap<>();
  private final Map<Fingerprint, List<Integer>> issuedBy = new HashMap<>();

  Survey(Desired desired, Observed observed, Instant asOf) {
    this.desired = desired;
    this.observed = observed;
    this.asOf = asOf;
    specs = first(desired.namespaces(), NamespaceSpec::name);
    caSpecs = first(desired.cas(), CaSpec::name);
    leafSpecs = first(desired.leaves(), LeafSpec::name);
    clients = first(desired.clients(), ClientSpec::name);
    namespaces = first(observed.namespaces(), ObservedNamespace::name);
    leaves = first(observed.leaves(), ObservedLeaf::place);
    workers = first(observed.workers(), ObservedWorker::worker);
    cas = first(observed.cas(), ca -> ca.certificate().fingerprint());
    for (ObservedCa ca : observed.cas()) {
      add(generations, ca.name(), ca);
    }
    generations.values().forEach(g -> g.sort(Comparator.comparingInt(ObservedCa::generation)));
    for (ObservedNamespace namespace : observed.namespaces()) {
      readAs.putIfAbsent(namespace.name(), readAs.size());
      namespace.acceptedClientCas().stream()
          .map(Certificate::fingerprint)
          .distinct()
          .forEach(ca -> add(trusting, ca, namespace));
    }
    byCa();
    ledger(observed.recorded().issued());
  }

  private void ledger(List<IssuedLeaf> issued) {
    for (int i = 0; i < issued.size(); i++) {
      add(issuedBy, issued.get(i).issuer(), i);
      for (IssuedLeaf.Earlier earlier : issued.get(i).earlier()) {
        add(issuedBy, earlier.issuer(), i);
      }
    }
  }

  private void byCa() {
    desired.cas().forEach(ca -> places.put(ca.name(), places.size()));
    for (NamespaceSpec namespace : desired.namespaces()) {
      Set.copyOf(namespace.cas()).forEach(ca -> add(accepting, ca, namespace));
      namespace.cas().stream()
          .filter(places::containsKey)
          .max(Comparator.comparing(places::get))
          .ifPresent(ca -> add(lastOf, ca, namespace));
    }
    desired.clients().forEach(c -> add(clientsOf, leafSpec(c.leaf()).ca(), c));
  }

  private static <K, T> Map<K, T> first(Collection<T> all, Function<T, K> key) {
    Map<K, T> found = new LinkedHashMap<>();
    all.forEach(one -> found.putIfAbsent(key.apply(one), one));
    return found;
  }

  private static <K, T> void add(Map<K, List<T>> lists, K key, T one) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
  }

  Recorded recorded() {
    return observed.recorded();
  }

  Optional<NamespaceSpec> spec(String namespace) {
    return Optional.ofNullable(specs.get(namespace));
  }

  LeafSpec leafSpec(String name) {
    return Optional.ofNullable(leafSpecs.get(name))
        .orElseThrow(() -> new IllegalStateException("leaf '" + name + "' was checked at load"));
  }

  Optional<ClientSpec> client(String name) {
    return Optional.ofNullable(clients.get(name));
  }

  /// Those whose leaf is of a CA.
  List<ClientSpec> clients(String ca) {
    return clientsOf.getOrDefault(ca, List.of());
  }

  CaSpec caSpec(String name) {
    return caSpecs.get(name);
  }

  /// Where a CA stands in the file, among the others.
  int place(String ca) {
    return places.get(ca);
  }

  /// The namespaces that shall accept a CA, in the order of the file.
  List<NamespaceSpec> accepting(String ca) {
    return accepting.getOrDefault(ca, List.of());
  }

  boolean shallAccept(String namespace, String ca) {
    return spec(namespace).filter(n -> n.cas().contains(ca)).isPresent();
  }

  /// The namespaces whose other CAs all stand before this one in the file.
  List<NamespaceSpec> lastOf(String ca) {
    return lastOf.getOrDefault(ca, List.of());
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
    return trusting.getOrDefault(ca, List.of());
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
    return generations.getOrDefault(ca, List.of());
  }

  /// The entries of the ledger that name one of the issuers, in their order.
  List<IssuedLeaf> issuedBy(Set<Fingerprint> issuers) {
    return issuers.stream()
        .flatMap(i -> issuedBy.getOrDefault(i, List.of()).stream())
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
