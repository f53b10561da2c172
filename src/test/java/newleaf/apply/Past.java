package newleaf.apply;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.WorkerSpec;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkloadKind;
import newleaf.plan.Action;
import newleaf.plan.CaGeneration;
import newleaf.plan.Reason;
import newleaf.plan.Rollback;
import newleaf.plan.Scopes;
import newleaf.plan.Step;
import newleaf.plan.Terms;

/// How the world of a scenario came to be: written down fact by fact, then peopled with the workers
/// and clients of its YAML.
final class Past {
  private static final int REPLICAS = 3;

  final Desired desired;
  private final FakeWorld world = new FakeWorld(Scenario.NOW);
  private final Path state = Jimfs.newFileSystem(Configuration.unix()).getPath("/state");
  private final Map<String, CertificateAuthority> cas = new HashMap<>();
  private Optional<Rollback> wish = Optional.empty();

  Past(Desired desired) {
    this.desired = desired;
  }

  /// mTLS is off, there is no Secret, and so the pods wait for it.
  Past nothing() {
    desired.namespaces().forEach(n -> world.cloud.add(n.name(), List.of(), List.of()));
    return this;
  }

  /// The first generation of every CA, accepted where the YAML says, and everybody on a leaf of it.
  Past running(String caMade, String leafIssued) {
    return running(1, caMade, leafIssued);
  }

  /// The next generation of every CA took the place of the first.
  Past rotated(String caMade, String leafIssued) {
    Scopes.of(desired).places().forEach(world.leaves::forget);
    return running(2, caMade, leafIssued);
  }

  private Past running(int generation, String caMade, String leafIssued) {
    for (CaSpec spec : desired.cas()) {
      cas.put(
          spec.name(),
          world.authorities.seed(spec.keys(), generation, spec.profile(), Instant.parse(caMade)));
    }
    for (NamespaceSpec n : desired.namespaces()) {
      world.cloud.add(
          n.name(),
          n.cas().stream().map(c -> cas.get(c).certificate()).toList(),
          n.filters().orElse(List.of()));
    }
    for (WorkerSpec worker : desired.workers()) {
      put(worker.place(), leaf(worker.leaf()), leafIssued);
    }
    for (ClientSpec client : desired.clients()) {
      client.place().ifPresent(place -> put(place, leaf(client.leaf()), leafIssued));
    }
    return this;
  }

  /// Everybody accepts this CA and holds a leaf of it that looks like that.
  Past issued(CertificateAuthority ca, LeafProfile leaf, Instant at) {
    for (NamespaceSpec n : desired.namespaces()) {
      world.cloud.add(n.name(), List.of(ca.certificate()), n.filters().orElse(List.of()));
    }
    Scopes.of(desired).places().forEach(place -> put(place, ca, leaf, at.toString()));
    return this;
  }

  private LeafSpec leaf(String name) {
    return desired.leaves().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private void put(LeafPlace place, LeafSpec spec, String at) {
    put(place, cas.get(spec.ca()), spec.profile(), at);
  }

  private HeldCertificate put(
      LeafPlace place, CertificateAuthority ca, LeafProfile profile, String at) {
    HeldCertificate leaf = world.authorities.leaf(ca, profile, Instant.parse(at));
    world.leaves.put(place, leaf, Instant.parse(at));
    return leaf;
  }

  /// The worker still holds a leaf of another common name, or of another CA.
  Past workerHolds(String worker, String ca, String commonName, String at) {
    WorkerSpec spec = worker(worker);
    LeafProfile wanted = leaf(spec.leaf()).profile();
    LeafProfile profile =
        new LeafProfile(
            wanted.subject().withCommonName(commonName),
            wanted.key(),
            wanted.validity(),
            wanted.dnsNames());
    world.leaves.forget(spec.place());
    put(spec.place(), cas.get(ca), profile, at);
    return this;
  }

  Past workerHoldsNothing(String worker) {
    world.leaves.forget(worker(worker).place());
    return this;
  }

  private WorkerSpec worker(String name) {
    return desired.workers().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  Past filteredBy(String namespace, CertificateFilter... filters) {
    world.cloud.add(namespace, world.cloud.bundle(namespace), List.of(filters));
    return this;
  }

  Past alsoAccepts(String namespace, String ca) {
    world.cloud.addByHand(namespace, cas.get(ca).certificate());
    return this;
  }

  Past alsoAcceptsForeign(String namespace, String commonName, String made) {
    world.cloud.addByHand(
        namespace, FakeAuthorities.foreign(commonName, Instant.parse(made)).certificate());
    return this;
  }

  Past keyIsLost(String ca) {
    world.authorities.lost.add(ca);
    return this;
  }

  Past isBusy(String namespace) {
    world.cloud.busy(namespace, "operation-of-somebody-else");
    return this;
  }

  Past doesNotExist(String namespace) {
    world.cloud.remove(namespace);
    return this;
  }

  /// An earlier run put a leaf at a place that the YAML no longer speaks of.
  Past issued(LeafPlace place, String ca, String commonName, String namespace, String at) {
    CaSpec spec = desired.cas().getFirst();
    LeafProfile like = desired.leaves().getFirst().profile();
    LeafProfile profile =
        new LeafProfile(
            new Subject(commonName, Optional.empty(), Optional.empty()),
            like.key(),
            like.validity(),
            List.of());
    HeldCertificate leaf = put(place, cas.get(ca), profile, at);
    Action action =
        new Action.ReissueLeaf(
            place, new CaGeneration(spec.keys(), 1), profile, List.of(namespace), Optional.empty());
    Step step =
        Step.of("s1", ca, action, new Reason.Missing(), List.of(), Terms.of(action, List.of()));
    Journal journal = Journal.open(state, () -> Instant.parse(at));
    Attempt attempt =
        new Attempt(
            "past-s1", step, new OperationId("past"), OperationSlot.uncounted(), journal, _ -> {});
    journal.append(new Entry.Begun("past-s1", step, Optional.empty()));
    attempt.issued(place, leaf, newleaf.cert.Fingerprint.of(cas.get(ca).certificate()));
    journal.append(new Entry.Ended("past-s1", new Outcome.Done()));
    return this;
  }

  /// A Secret that the YAML never spoke of holds a leaf of the CA.
  Past holdsUndeclared(LeafPlace place, String ca, String commonName, String at) {
    LeafProfile like = desired.leaves().getFirst().profile();
    LeafProfile profile =
        new LeafProfile(
            new Subject(commonName, Optional.empty(), Optional.empty()),
            like.key(),
            like.validity(),
            List.of());
    world.others.held.put(place, world.authorities.leaf(cas.get(ca), profile, Instant.parse(at)));
    return this;
  }

  /// Somebody wants this rollback.
  Past wishing(String ca, int from, int to) {
    wish = Optional.of(new Rollback(ca, from, to, false));
    return this;
  }

  /// Now the workers and clients come up.
  Scenario now() {
    for (WorkerSpec worker : desired.workers()) {
      worker
          .workload()
          .ifPresent(ref ->
              world.deploy(
                  new FakeDeployment.About(
                      ref, worker.place(), worker.namespace(), worker.taskQueue().orElseThrow()),
                  REPLICAS));
    }
    world.cluster.deployments.forEach((ref, d) -> {
      if (ref.kind() == WorkloadKind.DAEMON_SET) {
        d.pause =
            Optional.of("all of its %d pods may stop before new ones start".formatted(REPLICAS));
      }
    });
    List<ClientSpec> clients = new ArrayList<>(desired.clients());
    clients.removeIf(c -> c.place().isEmpty());
    clients.forEach(
        c -> world.client(c.place().orElseThrow(), desired.namespaces().getFirst().name()));
    return new Scenario(desired, world, state, wish);
  }
}
