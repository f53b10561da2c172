package newleaf.apply;

import static newleaf.apply.CloudAuthorities.OLD;
import static newleaf.apply.CloudAuthorities.START;
import static newleaf.apply.RemoteTemporal.ENDPOINT;
import static newleaf.apply.RemoteTemporal.PROFILE;
import static newleaf.apply.RemoteTemporal.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.CaRef;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;
import newleaf.observed.Scope;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import newleaf.observed.WorkloadKind;
import newleaf.plan.Scopes;
import newleaf.workflow.ClusterScope;
import newleaf.workflow.ClusterWorker;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The worker of a cluster answers for what its file names, and for nothing else.
@Timeout(60)
class RemoteClusterScopeTest {
  private static final LeafPlace PLACE = secret("a", Optional.of("eu1"));
  private static final LeafPlace OTHER = secret("b", Optional.of("eu1"));

  private final FakeTime time = new FakeTime(START);
  private final FakeLeaves leaves = new FakeLeaves(time);
  private final FakeCluster cluster = new FakeCluster();
  private final FakeAuthorities authorities = new FakeAuthorities(time);
  private final List<HeldCertificate> proven = new ArrayList<>();
  private final RemoteTemporal temporal = new RemoteTemporal();
  private volatile ClusterScope named = naming(PLACE, OTHER);
  private final ClusterWorker there =
      temporal.worker(
          () -> named,
          new ClusterPorts(leaves, cluster, _ -> new FakeOtherSecrets(), leaves, cluster),
          new Recorded(proven),
          time);

  private record Recorded(List<HeldCertificate> proven) implements Prover {
    @Override
    public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
      proven.add(leaf);
      return new Verdict.Accepted();
    }

    @Override
    public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
      proven.add(leaf);
      return List.of();
    }
  }

  private static LeafPlace secret(String namespace, Optional<String> cluster) {
    return new LeafPlace.Secret(namespace, "tls", cluster);
  }

  private static ClusterScope naming(LeafPlace... places) {
    return new ClusterScope(Set.of(places), Set.of(WORKER), Set.of(ENDPOINT.namespace()));
  }

  @BeforeEach
  void home() {
    temporal.home();
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
  }

  @AfterEach
  void close() {
    there.close();
    temporal.close();
  }

  private static Issuers issuers() {
    return Observer.among(List.of(OLD.certificate()));
  }

  private LeafSource source() {
    return new LeafSource(authorities, new CaRef("booking", "keys"), 1);
  }

  private void assertNotAnswered(String what, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Refused.class))
        .hasMessageContaining("NL5407 cluster/eu1: its worker was asked about " + what + ",");
  }

  @Test
  void placeThatTheFileDoesNotNameIsNeitherReadNorWritten() {
    HeldCertificate leaf = temporal.eu1.current(PLACE).orElseThrow();
    for (LeafPlace place :
        List.of(
            secret("c", Optional.of("eu1")),
            secret("a", Optional.empty()),
            secret("a", Optional.of("eu2")),
            new LeafPlace.Directory("/var/certs"))) {
      leaves.put(place, CloudAuthorities.leaf(OLD), START);
      String what = place.address();
      assertNotAnswered(what, () -> temporal.eu1.read(List.of(PLACE, place), issuers()));
      assertNotAnswered(
          what, () -> temporal.eu1.ports().others().apply(List.of(place)).find(issuers()));
      assertNotAnswered(what, () -> temporal.eu1.current(place));
      assertNotAnswered(what, () -> temporal.eu1.previous(place));
      assertNotAnswered(what, () -> temporal.eu1.issue(place, PROFILE, source()));
      assertNotAnswered(what, () -> temporal.eu1.look(WORKER, place));
      assertNotAnswered(what, () -> temporal.eu1.deliver(place, leaf, Optional.of("1")));
    }
    assertThat(leaves.written).isEmpty();
  }

  @Test
  void workloadThatTheFileDoesNotNameIsNeitherReadNorChanged() {
    Fingerprint leaf = Fingerprint.of(OLD.certificate());
    for (WorkerRef worker :
        List.of(
            WorkerRef.deployment("a", "coredns").in(Optional.of("eu1")),
            WorkerRef.deployment("a", "worker"),
            new WorkerRef(WorkloadKind.STATEFUL_SET, "a", "worker", Optional.of("eu1")))) {
      String what = worker.address();
      Workers.Question question = new Workers.Question(worker, PLACE);
      assertNotAnswered(what, () -> temporal.eu1.read(List.of(question)));
      assertNotAnswered(what, () -> temporal.eu1.look(worker, PLACE));
      assertNotAnswered(what, () -> temporal.eu1.roll(worker, leaf));
      assertNotAnswered(what, () -> temporal.eu1.scaleToZero(worker, leaf));
      assertNotAnswered(what, () -> temporal.eu1.scaleBack(worker));
    }
  }

  @Test
  void nothingIsProvenThatTheFileDoesNotName() {
    HeldCertificate leaf = temporal.eu1.current(PLACE).orElseThrow();
    Endpoint foreign = new Endpoint("booking.other", "localhost:7233");
    assertNotAnswered("namespace/booking.other", () -> temporal.eu1.connect(foreign, leaf));
    assertNotAnswered("namespace/booking.other", () -> temporal.eu1.pollers(foreign, leaf, "q"));
    named = naming(OTHER);
    assertNotAnswered(PLACE.address(), () -> temporal.eu1.connect(ENDPOINT, leaf));
    assertThat(proven).isEmpty();
    named = naming(PLACE);
    var _ = temporal.eu1.connect(ENDPOINT, leaf);
    assertThat(proven).hasSize(1);
  }

  @Test
  void ofTheFileOnlyWhatIsInTheClusterIsNamed() {
    Scope file =
        Scopes.of(Scenario.read("ca-rollover", "    secret: ", "    cluster: eu1\n    secret: "));
    ClusterScope here = ClusterScope.of("eu1", file);
    assertThat(here.places()).isNotEmpty().hasSameElementsAs(file.places());
    assertThat(here.workers()).isNotEmpty();
    assertThat(here.namespaces()).hasSameElementsAs(file.namespaces());
    ClusterScope elsewhere = ClusterScope.of("eu2", file);
    assertThat(elsewhere.places()).isEmpty();
    assertThat(elsewhere.workers()).isEmpty();
  }
}
