package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static newleaf.kube.KubeFixture.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.emulator.cluster.Eventually;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.Seed;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import newleaf.observed.WorkloadKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Kinds that have no controller in the embedded cluster: what is said of them, and what is
/// written.
class WorkloadKindsTest {
  private static final Fingerprint LEAF = new Fingerprint("a".repeat(64));
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.700Z");

  private final KubeFixture kube = new KubeFixture(new FakePods());
  private final KubeRolls rolls = new KubeRolls(kube.connection, InstantSource.fixed(NOW));

  @AfterEach
  void stop() {
    kube.close();
  }

  private static WorkerRef ref(WorkloadKind kind) {
    return new WorkerRef(kind, NAMESPACE, "worker");
  }

  private ObservedWorker look(WorkloadKind kind) {
    return rolls.look(ref(kind), PLACE);
  }

  /// @param more further lines of `spec`
  private void create(WorkloadKind kind, String more) {
    boolean rollout = kind == WorkloadKind.ROLLOUT;
    apply(
        """
        apiVersion: %s
        kind: %s
        metadata: {name: worker, namespace: %s}
        spec:
          selector: {matchLabels: {app: w}}
          template:
            metadata: {labels: {app: w}}
            spec:
              containers: [{name: w, image: w}]
              volumes: [{name: tls, secret: {secretName: tls}}]
        %s
        """
            .formatted(
                rollout ? "argoproj.io/v1alpha1" : "apps/v1",
                rollout ? "Rollout" : kind.word(),
                NAMESPACE,
                more.indent(2)));
  }

  private void apply(String yaml) {
    HasMetadata object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    kube.others.resource(object).create();
  }

  private void status(WorkloadKind kind, String status) {
    GenericKubernetesResource now = stored(kind);
    now.setAdditionalProperty(
        "status", Serialization.unmarshal(status, java.util.LinkedHashMap.class));
    kube.others.resource(now).updateStatus();
  }

  private GenericKubernetesResource stored(WorkloadKind kind) {
    boolean rollout = kind == WorkloadKind.ROLLOUT;
    return kube.others
        .genericKubernetesResources(
            rollout ? "argoproj.io/v1alpha1" : "apps/v1", rollout ? "Rollout" : kind.word())
        .inNamespace(NAMESPACE)
        .withName("worker")
        .get();
  }

  @Test
  void statefulSetIsRolledOutWhenItsRevisionsAgree() {
    create(WorkloadKind.STATEFUL_SET, "replicas: 2");
    assertThat(look(WorkloadKind.STATEFUL_SET).rolledOut()).isFalse();
    String counts = "observedGeneration: 1\nreplicas: 2\nreadyReplicas: 2\nupdateRevision: b\n";
    status(WorkloadKind.STATEFUL_SET, counts + "currentRevision: a");
    assertThat(look(WorkloadKind.STATEFUL_SET).rolledOut()).isFalse();
    status(WorkloadKind.STATEFUL_SET, counts + "currentRevision: b");
    assertThat(look(WorkloadKind.STATEFUL_SET).rolledOut()).isTrue();
    status(WorkloadKind.STATEFUL_SET, counts.replace("ready", "x") + "currentRevision: b");
    assertThat(look(WorkloadKind.STATEFUL_SET).rolledOut()).isFalse();
    assertThat(look(WorkloadKind.STATEFUL_SET).mountsSecret()).isTrue();
    assertThat(look(WorkloadKind.STATEFUL_SET).pause()).isEmpty();
  }

  @Test
  void statefulSetThatKeepsOldPodsIsStuckAndSaysWhatToDo() {
    create(WorkloadKind.STATEFUL_SET, "updateStrategy: {rollingUpdate: {partition: 2}}");
    assertThat(look(WorkloadKind.STATEFUL_SET).stuck().orElseThrow())
        .startsWith("its updateStrategy has partition 2")
        .endsWith("set it to 0");
    kube.others.resource(stored(WorkloadKind.STATEFUL_SET)).delete();
    create(WorkloadKind.STATEFUL_SET, "updateStrategy: {type: OnDelete}");
    assertThat(look(WorkloadKind.STATEFUL_SET).stuck().orElseThrow())
        .startsWith("its updateStrategy is OnDelete")
        .endsWith("make it RollingUpdate");
    assertThat(look(WorkloadKind.STATEFUL_SET).pause())
        .contains("its only pod stops before the next one starts");
  }

  @Test
  void daemonSetHasAPodForEachNodeAndNoReplicas() {
    create(WorkloadKind.DAEMON_SET, "");
    String counts = "observedGeneration: 1\ndesiredNumberScheduled: 3\nnumberAvailable: 3\n";
    status(WorkloadKind.DAEMON_SET, counts + "updatedNumberScheduled: 2");
    assertThat(look(WorkloadKind.DAEMON_SET).replicas()).isEqualTo(3);
    assertThat(look(WorkloadKind.DAEMON_SET).rolledOut()).isFalse();
    status(WorkloadKind.DAEMON_SET, counts + "updatedNumberScheduled: 3");
    assertThat(look(WorkloadKind.DAEMON_SET).rolledOut()).isTrue();
    assertThat(look(WorkloadKind.DAEMON_SET).stuck()).isEmpty();
  }

  @Test
  void leafIsMarkedInTheTemplateOfSetsAndNothingElseChanges() {
    for (WorkloadKind kind : List.of(WorkloadKind.STATEFUL_SET, WorkloadKind.DAEMON_SET)) {
      create(kind, "");
      rolls.roll(ref(kind), LEAF);
      GenericKubernetesResource now = stored(kind);
      assertThat((String) now.get("spec", "template", "metadata", "annotations", Annotations.LEAF))
          .isEqualTo(LEAF.value());
      assertThat(now.<Object>get("spec", "replicas")).isNull();
      assertThat(now.getMetadata().getGeneration()).isEqualTo(2);
      rolls.roll(ref(kind), LEAF);
      assertThat(stored(kind).getMetadata().getGeneration()).isEqualTo(2);
    }
  }

  @Test
  void statefulSetIsScaledToZeroAndBack() {
    create(WorkloadKind.STATEFUL_SET, "replicas: 5");
    rolls.scaleToZero(ref(WorkloadKind.STATEFUL_SET), LEAF);
    assertThat(look(WorkloadKind.STATEFUL_SET).leftAtZero()).isTrue();
    assertThat(look(WorkloadKind.STATEFUL_SET).parked()).contains(5);
    rolls.scaleBack(ref(WorkloadKind.STATEFUL_SET));
    assertThat(look(WorkloadKind.STATEFUL_SET).replicas()).isEqualTo(5);
    assertThat(look(WorkloadKind.STATEFUL_SET).parked()).isEmpty();
  }

  @Test
  void rolloutIsRestartedByTimeAndItsTemplateStaysAsItWas() {
    create(WorkloadKind.ROLLOUT, "replicas: 2");
    Object template = stored(WorkloadKind.ROLLOUT).get("spec", "template");
    rolls.roll(ref(WorkloadKind.ROLLOUT), LEAF);
    GenericKubernetesResource now = stored(WorkloadKind.ROLLOUT);
    assertThat((String) now.get("spec", "restartAt")).isEqualTo("2026-11-24T10:00:01Z");
    assertThat(now.<Object>get("spec", "template")).isEqualTo(template);
    new KubeRolls(kube.connection, InstantSource.fixed(NOW.plusSeconds(60)))
        .roll(ref(WorkloadKind.ROLLOUT), LEAF);
    assertThat(stored(WorkloadKind.ROLLOUT).getMetadata().getResourceVersion())
        .isEqualTo(now.getMetadata().getResourceVersion());
    rolls.scaleToZero(ref(WorkloadKind.ROLLOUT), LEAF);
    assertThat(stored(WorkloadKind.ROLLOUT).<Object>get("spec", "template")).isEqualTo(template);
  }

  @Test
  void rolloutIsDoneWhenItsControllerSaysThatItWasRestarted() {
    create(WorkloadKind.ROLLOUT, "replicas: 2\nrestartAt: '2026-11-24T10:00:01Z'");
    String counts =
        "observedGeneration: '1'\nreplicas: 2\nupdatedReplicas: 2\navailableReplicas: 2\n";
    status(WorkloadKind.ROLLOUT, counts + "phase: Healthy");
    assertThat(look(WorkloadKind.ROLLOUT).rolledOut()).isFalse();
    status(WorkloadKind.ROLLOUT, counts + "phase: Healthy\nrestartedAt: '2026-11-24T10:00:01Z'");
    assertThat(look(WorkloadKind.ROLLOUT).rolledOut()).isTrue();
    status(WorkloadKind.ROLLOUT, counts + "phase: Paused\nmessage: CanaryPauseStep");
    assertThat(look(WorkloadKind.ROLLOUT).rolledOut()).isFalse();
    assertThat(look(WorkloadKind.ROLLOUT).stuck().orElseThrow())
        .startsWith("a roll-out of it is half done and paused: CanaryPauseStep; promote");
    status(WorkloadKind.ROLLOUT, counts + "phase: Degraded\nmessage: timed out");
    assertThat(look(WorkloadKind.ROLLOUT).stuck()).contains("it is degraded: timed out");
  }

  @Test
  void rolloutMayTakeItsTemplateFromADeployment() {
    kube.worker(0);
    apply(
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: worker, namespace: %s}
        spec: {replicas: 1, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: worker}}
        """
            .formatted(NAMESPACE));
    assertThat(look(WorkloadKind.ROLLOUT).mountsSecret()).isTrue();
  }

  @Test
  void workloadOfAControllerIsNotTouchedAndTheControllerIsNamed() {
    apply(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: worker
          namespace: %s
          ownerReferences:
          - {apiVersion: x/v1, kind: TemporalWorker, name: booking, uid: u, controller: true}
        spec: {selector: {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}}}
        """
            .formatted(NAMESPACE));
    assertThat(look(WorkloadKind.STATEFUL_SET).owner()).contains("TemporalWorker booking");
    WorkerRef worker = ref(WorkloadKind.STATEFUL_SET);
    for (Runnable write :
        List.<Runnable>of(
            () -> rolls.roll(worker, LEAF),
            () -> rolls.scaleToZero(worker, LEAF),
            () -> rolls.scaleBack(worker))) {
      NewleafException refused = catchThrowableOfType(NewleafException.class, write::run);
      assertThat(refused.getMessage())
          .startsWith("NL4020 statefulset/booking/worker: it belongs to TemporalWorker booking");
    }
    assertThat(stored(WorkloadKind.STATEFUL_SET).getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void autoscalerOfAWorkloadIsNamed() {
    workerWithAutoscaler();
    assertThat(
            new KubeWorkers(kube.connection)
                .read(List.of(new Workers.Question(KubeFixture.WORKER, PLACE)))
                .getFirst()
                .autoscaler())
        .contains("more");
  }

  private void workerWithAutoscaler() {
    kube.worker(1);
    apply(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: more, namespace: %s}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}, maxReplicas: 9}
        """
            .formatted(NAMESPACE));
  }

  /// Whose connection it is says which cluster is asked; the name only comes back.
  @Test
  void workloadIsAnsweredByTheClusterItWasAskedWith() {
    workerWithAutoscaler();
    WorkerRef there = KubeFixture.WORKER.in(Optional.of("eu1"));
    Workers.Question question = new Workers.Question(there, PLACE.in(Optional.of("eu1")));
    ObservedWorker found = new KubeWorkers(kube.connection).read(List.of(question)).getFirst();
    assertThat(found.worker()).isEqualTo(there);
    assertThat(found.mountsSecret()).isTrue();
    assertThat(found.autoscaler()).contains("more");
    Workers.Question elsewhere = new Workers.Question(there, PLACE);
    assertThat(new KubeWorkers(kube.connection).read(List.of(elsewhere)).getFirst().mountsSecret())
        .as("no pod mounts a Secret of another cluster")
        .isFalse();
  }

  @Test
  void manyOfANamespaceAreReadAsOneByOneAndByNameWhereListingIsDenied()
      throws InterruptedException {
    List<Workers.Question> questions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      kube.seed().tlsSecret(NAMESPACE, "tls" + i, kube.ca.leaf("worker"));
      kube.seed()
          .deployment(new Seed.Workload(NAMESPACE, "worker" + i, 1 + i % 2, "tls" + i, Map.of()));
      questions.add(
          new Workers.Question(
              WorkerRef.deployment(NAMESPACE, "worker" + i),
              new LeafPlace.Secret(NAMESPACE, "tls" + i)));
    }
    questions.add(
        new Workers.Question(
            WorkerRef.deployment(NAMESPACE, "nobody"), new LeafPlace.Secret(NAMESPACE, "tls0")));
    KubeWorkers workers = new KubeWorkers(kube.connection);
    Eventually.holds(
        "rolled out",
        () -> workers.read(questions.subList(0, 5)).stream().allMatch(ObservedWorker::rolledOut));
    List<ObservedWorker> together = workers.read(questions);
    assertThat(together)
        .isEqualTo(questions.stream().map(q -> workers.read(q.worker(), q.leaf())).toList());
    assertThat(together).extracting(w -> w.pods().size()).containsExactly(1, 2, 1, 2, 1, 0);
    try (KubeConnection knowing = kube.knowingConnection()) {
      assertThat(new KubeWorkers(knowing).read(questions)).isEqualTo(together);
    }
  }

  @Test
  void missingOneOfAnyKindDoesNotExist() {
    for (WorkloadKind kind : WorkloadKind.values()) {
      assertThat(look(kind)).isEqualTo(ObservedWorker.missing(ref(kind)));
      assertThat(new Workloads(kube.connection).read(ref(kind))).isEqualTo(Optional.empty());
    }
  }
}
