package newleaf.apply;

import static newleaf.apply.CloudAuthorities.OLD;
import static newleaf.apply.CloudAuthorities.START;
import static newleaf.apply.RemoteTemporal.ENDPOINT;
import static newleaf.apply.RemoteTemporal.PROFILE;
import static newleaf.apply.RemoteTemporal.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.worker.WorkerFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.PrivateKeys;
import newleaf.cert.SigningRequest;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Observer;
import newleaf.observed.Sweep;
import newleaf.observed.Workers;
import newleaf.workflow.ClusterActivities;
import newleaf.workflow.ClusterAnswer;
import newleaf.workflow.ClusterScope;
import newleaf.workflow.ClusterWorker;
import newleaf.workflow.KeyName;
import newleaf.workflow.RemoteCluster;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One cluster behind Temporal: what is asked at home is answered there.
@Timeout(60)
class RemoteClusterTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final LeafPlace PLACE = new LeafPlace.Secret("a", "tls", Optional.of("eu1"));
  private static final LeafPlace OTHER = new LeafPlace.Secret("b", "tls", Optional.of("eu1"));

  private final FakeTime time = new FakeTime(START);
  private final FakeLeaves leaves = new FakeLeaves(time);
  private final FakeOtherSecrets others = new FakeOtherSecrets();
  private final FakeCluster cluster = new FakeCluster();
  private final FakeAuthorities authorities = new FakeAuthorities(time);
  private final List<HeldCertificate> proven = new ArrayList<>();
  private final List<ClusterWorker> workers = new ArrayList<>();
  private final List<WorkerFactory> strangers = new ArrayList<>();
  private final RemoteTemporal temporal = new RemoteTemporal();

  @BeforeEach
  void home() {
    temporal.home();
  }

  @AfterEach
  void close() {
    workers.forEach(ClusterWorker::close);
    strangers.forEach(WorkerFactory::shutdownNow);
    temporal.close();
  }

  private void inCluster() {
    inCluster(List.of(PLACE, OTHER));
  }

  /// @param named places that its file names
  private void inCluster(Collection<LeafPlace> named) {
    ClusterScope scope =
        new ClusterScope(Set.copyOf(named), Set.of(WORKER), Set.of(ENDPOINT.namespace()));
    Prover prover = new Recorded(proven);
    workers.add(
        temporal.worker(
            scope, new ClusterPorts(leaves, cluster, _ -> others, leaves, cluster), prover, time));
  }

  private record Recorded(List<HeldCertificate> proven) implements Prover {
    @Override
    public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
      proven.add(leaf);
      return new Verdict.Rejected("of " + endpoint.address());
    }

    @Override
    public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
      proven.add(leaf);
      return List.of(new Poller(taskQueue, START));
    }
  }

  /// Somebody polls the queue of the cluster and answers as they like.
  private void answers(ClusterAnswer answer) {
    WorkerFactory factory = WorkerFactory.newInstance(temporal.environment.getWorkflowClient());
    ClusterActivities activities = _ -> answer;
    factory
        .newWorker(ClusterWorker.taskQueue(RemoteTemporal.QUEUE, RemoteTemporal.EU1))
        .registerActivitiesImplementations(activities);
    factory.start();
    strangers.add(factory);
  }

  private static Issuers issuers() {
    return Observer.among(List.of(OLD.certificate()));
  }

  private LeafSource source() {
    CaRef ca = new CaRef("booking", "keys");
    authorities.seed(
        ca,
        1,
        new CaProfile(
            new Subject("Booking CA", Optional.empty(), Optional.empty()),
            KeyAlgorithm.EC_P256,
            Duration.ofDays(365)),
        START);
    return new LeafSource(authorities, ca, 1);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      ThrowingCallable call, Class<? extends Failure> kind) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.failure()).isInstanceOf(kind));
  }

  @Test
  void leavesAreAskedForInPortionsAndHomeSaysWhoseTheyAre() {
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
    List<LeafPlace> places = new ArrayList<>();
    IntStream.range(0, 450)
        .forEach(i -> places.add(new LeafPlace.Secret("a", "tls" + i, Optional.of("eu1"))));
    places.add(PLACE);
    inCluster(places);
    List<ObservedLeaf> read = temporal.eu1.read(places, issuers());
    assertThat(read).extracting(ObservedLeaf::place).containsExactlyElementsOf(places);
    assertThat(read.getLast()).isEqualTo(leaves.read(List.of(PLACE), issuers()).getFirst());
    assertThat(read.getLast().issuedBy()).contains(Fingerprint.of(OLD.certificate()));
    assertThat(temporal.started).hasSize(3);
  }

  @Test
  void workloadsAreReadAndChangedThere() {
    inCluster();
    Workers.Question question = new Workers.Question(WORKER, PLACE);
    assertThat(temporal.eu1.read(List.of(question))).isEqualTo(cluster.read(List.of(question)));
    assertThat(temporal.eu1.look(WORKER, PLACE)).isEqualTo(cluster.look(WORKER, PLACE));
    assertFails(
            () -> temporal.eu1.roll(WORKER, Fingerprint.of(OLD.certificate())), Failure.Stale.class)
        .hasMessage("NL4006 deployment/a/worker@eu1: is not there. Plan again.");
  }

  @Test
  void straysOfAllPortionsAreFoundAndThoseOfOtherCasAreNone() {
    inCluster();
    HeldCertificate ours = CloudAuthorities.leaf(OLD);
    IntStream.range(0, 700)
        .forEach(i -> others.held.put(new LeafPlace.Secret("b", "tls" + i), ours));
    others.held.put(
        new LeafPlace.Secret("b", "foreign"),
        FakeAuthorities.foreign("Others", START).issue(PROFILE, START, RANDOM));
    others.notLooked = Optional.of("Secrets outside of b; no");
    Sweep sweep = temporal.eu1.ports().others().apply(List.of(PLACE)).find(issuers()).orElseThrow();
    assertThat(sweep.looked()).isEqualTo(701);
    assertThat(sweep.notLooked()).contains("Secrets outside of b; no");
    assertThat(sweep.strays())
        .hasSize(700)
        .doesNotHaveDuplicates()
        .allMatch(s -> s.issuedBy().equals(Fingerprint.of(OLD.certificate())));
    assertThat(temporal.started).hasSizeGreaterThan(1);
  }

  @Test
  void keyOfALeafIsMadeThereAndStaysThere() {
    inCluster();
    HeldCertificate leaf = temporal.eu1.issue(PLACE, PROFILE, source());
    assertThat(leaf.key().getEncoded()).isNull();
    assertThat(leaf.key().toString()).contains("in cluster eu1");
    assertThat(temporal.eu1.connect(ENDPOINT, leaf))
        .isEqualTo(new Prover.Verdict.Rejected("of localhost:7233"));
    temporal.eu1.deliver(PLACE, leaf, Optional.empty());
    HeldCertificate there = leaves.current(PLACE).orElseThrow();
    assertThat(there.certificate()).isEqualTo(leaf.certificate());
    assertThat(PrivateKeys.matches(there.certificate(), there.key())).isTrue();
    assertThat(proven).hasSize(1).allMatch(p -> p.key().equals(there.key()));
    assertFails(
            () -> temporal.eu1.deliver(PLACE, leaf, Optional.of("1")), Failure.RemoteError.class)
        .hasMessageContaining("NL5402");
  }

  @Test
  void leafThatLiesThereProvesWithItsKeyUnlessAnotherTookItsPlace() {
    inCluster();
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
    HeldCertificate first = temporal.eu1.current(PLACE).orElseThrow();
    assertThat(temporal.eu1.previous(PLACE)).isEmpty();
    Prover prover = temporal.clusters.prover(new Recorded(new ArrayList<>()));
    assertThat(prover.pollers(ENDPOINT, first, "booking"))
        .containsExactly(new Prover.Poller("booking", START));
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
    HeldCertificate previous = temporal.eu1.previous(PLACE).orElseThrow();
    assertThat(previous.certificate()).isEqualTo(first.certificate());
    var _ = prover.connect(ENDPOINT, previous);
    assertThat(proven).hasSize(2).allMatch(p -> PrivateKeys.matches(p.certificate(), p.key()));
    assertFails(() -> prover.connect(ENDPOINT, first), Failure.Stale.class)
        .hasMessageContaining("NL5404 secret/a/tls@eu1");
  }

  @Test
  void leafWhoseKeyIsHereProvesFromHere() {
    List<HeldCertificate> here = new ArrayList<>();
    HeldCertificate leaf = CloudAuthorities.leaf(OLD);
    var _ = temporal.clusters.prover(new Recorded(here)).connect(ENDPOINT, leaf);
    assertThat(here).containsExactly(leaf);
    assertThat(temporal.started).isEmpty();
  }

  @Test
  void keyThatIsHereIsNotSent() {
    assertThatThrownBy(
            () -> temporal.eu1.deliver(PLACE, CloudAuthorities.leaf(OLD), Optional.empty()))
        .hasMessage("no key goes to cluster eu1");
    assertThat(temporal.started).isEmpty();
  }

  @Test
  void leafOfAnotherKeyIsNotDelivered() {
    inCluster();
    LeafSource source = source();
    HeldCertificate one = temporal.eu1.issue(PLACE, PROFILE, source);
    HeldCertificate other = temporal.eu1.issue(PLACE, PROFILE, source);
    assertFails(
            () ->
                temporal.eu1.deliver(
                    PLACE, new HeldCertificate(other.certificate(), one.key()), Optional.empty()),
            Failure.Refused.class)
        .hasMessageContaining("NL5403");
    assertThat(leaves.written).isEmpty();
  }

  private void assertKeyStays(HeldCertificate leaf) {
    int before = leaves.written.size();
    assertFails(() -> temporal.eu1.deliver(PLACE, leaf, Optional.empty()), Failure.Refused.class)
        .hasMessageContaining("NL5406 secret/a/tls@eu1: was to get the key of secret/b/tls@eu1");
    assertThat(leaves.written).hasSize(before);
  }

  @Test
  void keyOfOnePlaceDoesNotGoToAnother() {
    inCluster();
    leaves.put(OTHER, CloudAuthorities.leaf(OLD), START);
    leaves.put(OTHER, CloudAuthorities.leaf(OLD), START);
    assertKeyStays(temporal.eu1.current(OTHER).orElseThrow());
    assertKeyStays(temporal.eu1.previous(OTHER).orElseThrow());
    assertKeyStays(temporal.eu1.issue(OTHER, PROFILE, source()));
  }

  @Test
  void leafThatWasThereBeforeGoesBackToItsPlace() {
    inCluster();
    HeldCertificate first = CloudAuthorities.leaf(OLD);
    leaves.put(PLACE, first, START);
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
    temporal.eu1.deliver(PLACE, temporal.eu1.previous(PLACE).orElseThrow(), Optional.of("2"));
    HeldCertificate back = leaves.current(PLACE).orElseThrow();
    assertThat(back.certificate()).isEqualTo(first.certificate());
    assertThat(back.key()).isEqualTo(first.key());
  }

  private static KeyPair pair(KeyAlgorithm algorithm) {
    return PrivateKeys.generatePair(algorithm, RANDOM);
  }

  private void assertNotSigned(KeyPair keys, String why) {
    answers(
        new ClusterAnswer.MadeKey(
            new KeyName.Made("1", "newleaf-eu1-1"), SigningRequest.of(PROFILE.subject(), keys)));
    assertFails(() -> temporal.eu1.issue(PLACE, PROFILE, source()), Failure.Refused.class)
        .hasMessageContaining("NL5403 cluster/eu1")
        .hasMessageContaining(why);
  }

  @Test
  void keyOfAnotherTypeIsNotSigned() {
    assertNotSigned(pair(KeyAlgorithm.RSA_2048), "rsa-2048, but ec-p256 is asked for");
  }

  @Test
  void requestOfSomebodyWhoHasNotTheKeyIsNotSigned() {
    KeyPair theirs = pair(KeyAlgorithm.EC_P256);
    assertNotSigned(
        new KeyPair(theirs.getPublic(), pair(KeyAlgorithm.EC_P256).getPrivate()),
        "not signed with the key");
  }

  @Test
  void answerOfAnotherKindIsNotTakenForOne() {
    answers(new ClusterAnswer.Done());
    assertFails(() -> temporal.eu1.current(PLACE), Failure.Misconfigured.class)
        .hasMessageContaining("NL5405");
  }

  @Test
  void answerAboutAnotherPlaceIsNotTakenForOne() {
    LeafPlace other = new LeafPlace.Secret("b", "tls", Optional.of("eu2"));
    answers(
        new ClusterAnswer.FoundLeaves(
            List.of(new ClusterAnswer.FoundLeaf(ObservedLeaf.nothingAt(other), Optional.empty()))));
    assertFails(() -> temporal.eu1.read(List.of(PLACE), issuers()), Failure.Misconfigured.class)
        .hasMessageContaining("the answers are not about what was asked");
  }

  @Test
  void failureKeepsItsWords() {
    inCluster();
    HeldCertificate leaf = temporal.eu1.issue(PLACE, PROFILE, source());
    assertFails(() -> temporal.eu1.deliver(PLACE, leaf, Optional.of("7")), Failure.Stale.class)
        .hasMessage("NL9999 secret/a/tls@eu1: was changed meanwhile. Run the test again.");
  }

  @Test
  void changeThatNobodyWaitsForAnyMoreIsNotMade() {
    leaves.put(PLACE, CloudAuthorities.leaf(OLD), START);
    RemoteCluster impatient = temporal.cluster(Duration.ofSeconds(1));
    assertFails(() -> impatient.scaleBack(WORKER), Failure.RemoteError.class)
        .hasMessageContaining("NL5401 cluster/eu1: no worker of this cluster answered in time")
        .hasMessageContaining("newleaf worker --cluster eu1");
    inCluster();
    assertThat(temporal.eu1.current(PLACE)).isPresent();
    assertThat(temporal.said).as("not even tried").isEmpty();
  }
}
