package newleaf.plan;

import static newleaf.plan.Facts.AT;
import static newleaf.plan.Facts.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.CloudSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Restart;
import newleaf.desired.SecretSource;
import newleaf.desired.WorkerSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.JournalPosition;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedNamespace.State;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.observed.WorkerRef;

/// What is wanted and what is there, written down fact by fact. [#steady] is a small right world,
/// to be spoiled in one place; a fact that is said again replaces the one before.
final class TestWorld {
  static final String NS = "booking.sdvdw";
  private static final Instant WRITTEN = NOW.minus(Duration.ofDays(5));

  final Map<String, CaSpec> cas = new LinkedHashMap<>();
  final Map<String, NamespaceSpec> namespaces = new LinkedHashMap<>();
  final Map<String, LeafSpec> leaves = new LinkedHashMap<>();
  final Map<String, WorkerSpec> workers = new LinkedHashMap<>();
  final Map<String, ClientSpec> clients = new LinkedHashMap<>();

  final Map<String, ObservedNamespace> foundNamespaces = new LinkedHashMap<>();
  final Map<String, ObservedCa> foundCas = new LinkedHashMap<>();
  final Map<LeafPlace, ObservedLeaf> foundLeaves = new LinkedHashMap<>();
  final Map<WorkerRef, ObservedWorker> foundWorkers = new LinkedHashMap<>();
  Recorded recorded = Recorded.NOTHING;

  /// One CA with 300 days left, one namespace, one leaf with 25 days left, one worker on it.
  static TestWorld steady() {
    return steady(Duration.ofDays(300), Duration.ofDays(25));
  }

  static TestWorld steady(Duration caLeft, Duration leafLeft) {
    TestWorld world = wanted().has("booking", 1, caLeft);
    return world
        .accepts(NS, world.ca("booking", 1))
        .holds("worker", "old", 1, leafLeft)
        .runs("worker", "old");
  }

  /// What steady wants, and an empty world but for the namespace and the Deployment.
  static TestWorld wanted() {
    return new TestWorld()
        .ca(Facts.ca("booking"))
        .namespace(NS, "booking")
        .leaf(Facts.leaf("booking", "booking"))
        .worker("worker", "booking", NS, Restart.ROLLING)
        .accepts(NS)
        .runs("worker", "none");
  }

  TestWorld ca(CaSpec spec) {
    cas.put(spec.name(), spec);
    return this;
  }

  TestWorld namespace(String name, String... accepted) {
    namespaces.put(name, new NamespaceSpec(name, List.of(accepted), Optional.empty(), AT));
    return this;
  }

  TestWorld filters(String name, CertificateFilter... filters) {
    NamespaceSpec spec = namespaces.get(name);
    namespaces.put(
        name, new NamespaceSpec(name, spec.cas(), Optional.of(List.of(filters)), spec.at()));
    return this;
  }

  TestWorld leaf(LeafSpec spec) {
    leaves.put(spec.name(), spec);
    return this;
  }

  TestWorld worker(String name, String leaf, String namespace, Restart restart) {
    return worker(name, leaf, namespace, restart, secret(name));
  }

  TestWorld worker(
      String name, String leaf, String namespace, Restart restart, LeafPlace.Secret place) {
    Optional<WorkerRef> deployment = Optional.of(deployment(name));
    workers.put(
        name,
        new WorkerSpec(name, leaf, namespace, Optional.of(name), place, deployment, restart, AT));
    foundLeaves.putIfAbsent(place, nothingAt(place));
    return this;
  }

  TestWorld client(String name, String leaf, boolean acknowledged) {
    clients.put(name, new ClientSpec(name, leaf, Optional.empty(), acknowledged, AT));
    return this;
  }

  TestWorld has(String ca, int generation, Duration left) {
    return has(new ObservedCa(ca, generation, Facts.made(cas.get(ca), generation, left), true));
  }

  TestWorld has(ObservedCa found) {
    foundCas.put(found.address(), found);
    return this;
  }

  TestWorld accepts(String namespace, Certificate... bundle) {
    return found(namespace, State.ACTIVE, bundle.length * 700, List.of(), bundle);
  }

  TestWorld filteredBy(String namespace, CertificateFilter... filters) {
    ObservedNamespace now = foundNamespaces.get(namespace);
    Certificate[] bundle = now.acceptedClientCas().toArray(Certificate[]::new);
    return found(namespace, now.state(), now.bundleBytes(), List.of(filters), bundle);
  }

  TestWorld found(
      String namespace,
      State state,
      int bytes,
      List<CertificateFilter> filters,
      Certificate... bundle) {
    foundNamespaces.put(
        namespace,
        new ObservedNamespace(
            namespace,
            "v1",
            state,
            state == State.UPDATING ? Optional.of("op-7") : Optional.empty(),
            true,
            Arrays.asList(bundle),
            bytes,
            filters,
            Optional.of("127.0.0.1:7233")));
    return this;
  }

  /// The worker's Secret has a leaf from that generation of the CA the YAML names for it.
  TestWorld holds(String worker, String label, int generation, Duration left) {
    LeafSpec spec = leaves.get(workers.get(worker).leaf());
    Certificate issuer = ca(spec.ca(), generation);
    return holds(worker, Facts.issued(spec, label, issuer, left), issuer, true);
  }

  TestWorld holds(String worker, Certificate leaf, Certificate issuer, boolean keyMatches) {
    return holdsAt(workers.get(worker).place(), leaf, issuer, keyMatches);
  }

  TestWorld holdsAt(LeafPlace place, Certificate leaf, Certificate issuer, boolean keyMatches) {
    foundLeaves.put(
        place,
        new ObservedLeaf(
            place,
            Optional.of(leaf),
            Optional.of(issuer.fingerprint()),
            keyMatches,
            Optional.of("7"),
            Optional.of(WRITTEN),
            Optional.empty()));
    return this;
  }

  TestWorld writtenAt(LeafPlace place, Instant at) {
    ObservedLeaf now = foundLeaves.get(place);
    foundLeaves.put(
        place,
        new ObservedLeaf(
            place,
            now.certificate(),
            now.issuedBy(),
            now.keyMatches(),
            now.version(),
            Optional.of(at),
            now.owner()));
    return this;
  }

  /// Two ready pods, started for the leaf of that label.
  TestWorld runs(String worker, String label) {
    return runs(worker, true, true, Optional.empty(), label);
  }

  TestWorld runs(
      String worker, boolean exists, boolean mounts, Optional<String> stuck, String label) {
    WorkerRef ref = deployment(worker);
    List<ObservedWorker.Pod> pods =
        IntStream.rangeClosed(1, exists ? 2 : 0)
            .mapToObj(i ->
                new ObservedWorker.Pod(
                    worker + "-" + i,
                    true,
                    Optional.of(Facts.fingerprint(label)),
                    Optional.of(NOW.minus(Duration.ofDays(9)))))
            .toList();
    foundWorkers.put(
        ref, new ObservedWorker(ref, exists, pods.size(), stuck.isEmpty(), stuck, mounts, pods));
    return this;
  }

  /// As [#runs], of a Deployment that is there.
  void runsOn(WorkerRef ref, Fingerprint leaf) {
    ObservedWorker now = foundWorkers.get(ref);
    List<ObservedWorker.Pod> pods =
        now.pods().stream()
            .map(p -> new ObservedWorker.Pod(p.name(), true, Optional.of(leaf), p.startedAt()))
            .toList();
    foundWorkers.put(
        ref, new ObservedWorker(ref, true, pods.size(), true, Optional.empty(), true, pods));
  }

  TestWorld recorded(Map<String, Instant> gates, String... approvals) {
    recorded =
        new Recorded(
            JournalPosition.START,
            gates,
            java.util.Set.of(approvals),
            java.util.Set.of(),
            recorded.rolledBack(),
            recorded.issued());
    return this;
  }

  /// The ledger has a leaf at a Secret that nothing in the YAML speaks of.
  TestWorld issued(String place, LeafSpec spec, Certificate issuer, Duration left, String... to) {
    List<IssuedLeaf> all = new ArrayList<>(recorded.issued());
    all.add(
        new IssuedLeaf(
            place,
            Facts.fingerprint(place),
            issuer.fingerprint(),
            NOW.plus(left),
            spec.profile(),
            List.of(to),
            List.of()));
    recorded =
        new Recorded(
            recorded.journal(),
            recorded.gatesOpenedAt(),
            recorded.approvals(),
            recorded.putBack(),
            recorded.rolledBack(),
            all);
    return this;
  }

  /// A client whose leaf newleaf delivers.
  TestWorld client(String name, String leaf, LeafPlace.Secret place, Certificate found, int ca) {
    clients.put(name, new ClientSpec(name, leaf, Optional.of(place), true, AT));
    Certificate issuer = ca(leaves.get(leaf).ca(), ca);
    foundLeaves.put(
        place,
        new ObservedLeaf(
            place,
            Optional.of(found),
            Optional.of(issuer.fingerprint()),
            true,
            Optional.of("3"),
            Optional.of(WRITTEN),
            Optional.empty()));
    return this;
  }

  Certificate ca(String name, int generation) {
    return foundCas.get(ObservedCa.address(name, generation)).certificate();
  }

  static LeafPlace.Secret secret(String worker) {
    return new LeafPlace.Secret("apps", worker + "-tls");
  }

  static WorkerRef deployment(String worker) {
    return WorkerRef.deployment("apps", worker);
  }

  static ObservedLeaf nothingAt(LeafPlace place) {
    return new ObservedLeaf(
        place,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Desired desired() {
    return new Desired(
        "f.yaml",
        "0".repeat(64),
        "sdvdw",
        new CloudSpec("127.0.0.1:1", new SecretSource.Env("KEY"), true, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.copyOf(cas.values()),
        List.copyOf(namespaces.values()),
        List.copyOf(leaves.values()),
        List.copyOf(workers.values()),
        List.copyOf(clients.values()));
  }

  Observed observed() {
    return new Observed(
        NOW,
        List.copyOf(foundNamespaces.values()),
        List.copyOf(foundCas.values()),
        List.copyOf(foundLeaves.values()),
        List.copyOf(foundWorkers.values()),
        recorded);
  }

  Plan plan() {
    return Planner.plan(desired(), observed(), NOW);
  }
}
