package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.CaProfile;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.desired.WorkerSpec;
import newleaf.files.CaKeyFiles;
import newleaf.journal.Documents;
import newleaf.journal.Entry;
import newleaf.journal.Fence;
import newleaf.journal.Journal;
import newleaf.journal.LeaseStore;
import newleaf.journal.RunLock;
import newleaf.journal.StateCheck;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLease;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeOtherSecrets;
import newleaf.kube.KubeRolls;
import newleaf.kube.KubeWorkers;
import newleaf.kube.SecretCaStore;
import newleaf.kube.SecretDocuments;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manifests of `examples/kubernetes`, on a real API server with RBAC: with the token of each
/// service account, as in a pod.
@Tag("real")
class RealAccessTest {
  private static final Path EXAMPLES = Path.of("examples", "kubernetes");
  private static final InstantSource CLOCK = Clock.systemUTC();
  private static final Subject SUBJECT =
      new Subject("temporal-booking.sdvdw", Optional.empty(), Optional.empty());

  @TempDir private static Path folder;
  private static Desired desired;
  private static WorkerSpec worker;
  private static KubeConnection runs;
  private static KubeConnection looks;

  @BeforeAll
  static void apply() throws IOException {
    Files.writeString(folder.resolve("kubeconfig"), ControlPlane.shared().kubeconfig());
    Path file = EXAMPLES.resolve("newleaf.yaml");
    desired = DesiredYaml.read(file.toString(), Files.readAllBytes(file));
    worker = desired.workers().getFirst();
    kubectl("create", "namespace", "temporal-booking").good();
    kubectl("apply", "--filename=" + EXAMPLES.resolve("rbac.yaml")).good();
    kubectl(
            "create",
            "deployment",
            "temporal-booking-worker",
            "--image=worker",
            "--namespace=temporal-booking")
        .good();
    runs = signedIn("newleaf");
    looks = signedIn("newleaf-drift");
  }

  @AfterAll
  static void close() {
    if (looks != null) {
      runs.close();
      looks.close();
    }
    kubectl("delete", "namespace", "newleaf", "newleaf-state", "temporal-booking", "--wait=false")
        .good();
  }

  private static Answer kubectl(String... arguments) {
    List<Object> command = new ArrayList<>();
    command.add(Peers.binary("kubectl"));
    command.add("--kubeconfig=" + folder.resolve("kubeconfig"));
    command.addAll(List.of(arguments));
    return Answer.of(Map.of(), command.toArray());
  }

  private static KubeConnection signedIn(String account) throws IOException {
    String token = kubectl("create", "token", account, "--namespace=newleaf").good().strip();
    ControlPlane plane = ControlPlane.shared();
    return KubeConnection.inCluster(
        plane.server(), Files.readString(plane.serverCa()), () -> token);
  }

  private static Documents state(KubeConnection connection) {
    var place = desired.state().orElseThrow();
    return new SecretDocuments(connection, place.namespace(), place.name());
  }

  private static LeaseStore lock(KubeConnection connection) {
    var place = desired.state().orElseThrow();
    return new KubeLease(connection, place.namespace(), place.name());
  }

  private static CaKeyFiles keys(KubeConnection connection) {
    return new CaKeyFiles(
        ca -> new SecretCaStore(connection, ca.secret().orElseThrow()),
        _ -> "passphrase of the test".toCharArray(),
        CLOCK,
        new SecureRandom());
  }

  private static HeldCertificate leaf() {
    CaRef ca = desired.cas().getFirst().keys();
    keys(runs).make(ca, 1, new CaProfile(SUBJECT, KeyAlgorithm.EC_P256, Duration.ofDays(365)));
    return keys(runs)
        .issue(
            ca, 1, new LeafProfile(SUBJECT, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of()));
  }

  private static ObservedLeaf look(KubeConnection connection) {
    return new KubeLeaves(connection)
        .read(List.of(worker.place()), _ -> Optional.empty())
        .getFirst();
  }

  private static void denied(ThrowingCallable call, String grant) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Denied.class);
              assertThat(e.failure().line()).startsWith("NL4010 ").contains(grant);
            });
  }

  @Test
  void runDoesAllOfItsCalls() {
    try (RunLock lock =
        RunLock.take(lock(runs), new RunLock.Claim("id", "apply", "pod", RunLock.LEASE), CLOCK)) {
      lock.renew();
      Journal journal = Journal.open(state(runs), CLOCK, lock);
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 4; i++) {
          journal.append(new Entry.GateOpened("soak/x"));
        }
        assertThat(journal.compact(2, Long.MAX_VALUE)).isTrue();
      }
      journal.append(new Entry.GateOpened("x".repeat(400_000)));
      rotate();
    }
    assertThat(StateCheck.of(state(runs), lock(runs), CLOCK))
        .allMatch(StateCheck.Finding::right)
        .as("the newest archives alone are kept, and what went before is not missed")
        .hasSize(6);
    assertThat(kubectl("get", "lease", "--namespace=newleaf-state").good()).contains("booking");
    assertThat(Journal.open(state(looks), CLOCK).position().serial()).isEqualTo(21);
    assertThat(keys(looks).read(desired.cas().getFirst().keys())).hasSize(1);
  }

  private static void rotate() {
    KubeLeafDelivery delivery = new KubeLeafDelivery(runs, CLOCK);
    for (int i = 0; i < 3; i++) {
      delivery.deliver(worker.place(), leaf(), look(runs).version());
    }
    assertThat(delivery.current(worker.place())).isPresent();
    assertThat(delivery.previous(worker.place())).isPresent();
    Fingerprint leaf = delivery.current(worker.place()).orElseThrow().fingerprint();
    WorkerRef workload = worker.workload().orElseThrow();
    KubeRolls rolls = new KubeRolls(runs, CLOCK);
    rolls.roll(workload, leaf);
    rolls.scaleToZero(workload, leaf);
    rolls.scaleBack(workload);
    rolls.look(workload, worker.place());
  }

  @Test
  void driftLooksAtAllAndWritesNothing() {
    new KubeWorkers(looks)
        .read(List.of(new Workers.Question(worker.workload().orElseThrow(), worker.place())));
    look(looks);
    RunLock.holder(lock(looks), CLOCK);
    Journal journal = Journal.open(state(looks), CLOCK, Fence.NONE);
    denied(
        () -> journal.append(new Entry.GateOpened("x")),
        "Grant the service account newleaf/newleaf-drift by a Role in the namespace newleaf-state:"
            + " apiGroups: [\"\"], resources: [secrets], verbs: [");
    denied(
        () ->
            new KubeLeafDelivery(looks, CLOCK)
                .deliver(worker.place(), leaf(), look(looks).version()),
        "resources: [secrets], verbs: [");
    denied(
        () ->
            new KubeRolls(looks, CLOCK).roll(worker.workload().orElseThrow(), leaf().fingerprint()),
        "apiGroups: [\"apps\"], resources: [deployments], verbs: [patch]");
    assertThat(kubectl("auth", "can-i", "update", "leases", as("newleaf-drift")).exit())
        .isEqualTo(1);
  }

  private static String as(String account) {
    return "--as=system:serviceaccount:newleaf:" + account;
  }

  @Test
  void callOutsideIsRefusedWithWhatToGrant() {
    LeafPlace other = new LeafPlace.Secret("temporal-booking", "database");
    denied(
        () -> new KubeLeafDelivery(runs, CLOCK).current(other),
        "Grant the service account newleaf/newleaf by a Role in the namespace temporal-booking:"
            + " apiGroups: [\"\"], resources: [secrets], verbs: [get]. See examples/kubernetes.");
    denied(
        () -> new KubeLeafDelivery(runs, CLOCK).current(new LeafPlace.Secret("kube-system", "x")),
        "a Role in the namespace kube-system");
    denied(
        () -> new KubeLeafDelivery(runs, CLOCK).current(new LeafPlace.Secret("newleaf", "x")),
        "a Role in the namespace newleaf: ");
    denied(
        () -> new KubeLease(runs, "newleaf-state", "other").read(),
        "apiGroups: [\"coordination.k8s.io\"], resources: [leases], verbs: [get]");
    denied(
        () ->
            new KubeRolls(runs, CLOCK)
                .roll(
                    WorkerRef.deployment("temporal-booking", "database"),
                    new Fingerprint("a".repeat(64))),
        "resources: [deployments], verbs: [");
  }

  @Test
  void secretsOfOthersAreLookedForOnlyWithTheRuleForIt() {
    assertThat(sweep().notLooked()).hasValueSatisfying(why -> assertThat(why).contains("secrets"));
    String evidence = "--filename=" + EXAMPLES.resolve("evidence.yaml");
    kubectl("apply", evidence).good();
    Until.holds(
        "the rule is known", Duration.ofSeconds(30), () -> "", () -> sweep().notLooked().isEmpty());
    kubectl("delete", evidence).good();
  }

  private static Sweep sweep() {
    return new KubeOtherSecrets(runs, List.of(worker.place()))
        .find(_ -> Optional.empty())
        .orElseThrow();
  }

  /// The namespace enforces the restricted pod security standard, so a pod that is there kept it.
  @Test
  void jobsAreAcceptedAndTheirPodsAreAdmitted() {
    String file = "--filename=" + EXAMPLES.resolve("cronjobs.yaml");
    assertThat(kubectl("apply", "--validate=strict", file).good())
        .contains("cronjob.batch/newleaf-apply created", "cronjob.batch/newleaf-drift created")
        .doesNotContain("Warning");
    for (String job : List.of("newleaf-apply", "newleaf-drift")) {
      String named = job + "-now";
      kubectl("create", "job", named, "--from=cronjob/" + job, "--namespace=newleaf").good();
      Until.holds(
          job + " has a pod",
          Duration.ofSeconds(30),
          () -> kubectl("describe", "job", named, "--namespace=newleaf").text(),
          () ->
              kubectl("get", "pods", "--selector=job-name=" + named, "--namespace=newleaf")
                  .text()
                  .contains(named));
      kubectl("delete", "job", named, "--namespace=newleaf").good();
    }
    kubectl("delete", file).good();
  }
}
