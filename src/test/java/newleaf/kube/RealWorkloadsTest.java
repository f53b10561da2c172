package newleaf.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.emulator.cluster.TestCa;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import newleaf.observed.WorkloadKind;
import newleaf.real.ControlPlane;
import newleaf.real.Kubelet;
import newleaf.real.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of workload under the real controllers, with pods that are processes. The controller
/// of Argo Rollouts can not be had: its part is played here, on a definition of the same shape.
@Tag("real")
class RealWorkloadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Fingerprint LEAF = new Fingerprint("a".repeat(64));
  private static final TestCa CA = new TestCa("Workloads CA");

  @TempDir private static Path folder;

  private static Kubelet kubelet;

  private final ControlPlane plane = ControlPlane.shared();
  private final KubernetesClient admin = plane.admin();
  private final String namespace = plane.namespace("kinds");
  private final KubeConnection connection =
      KubeConnection.open(plane.kubeconfig(), Optional.empty());
  private final KubeRolls rolls = new KubeRolls(connection, InstantSource.system());
  private final LeafPlace.Secret place = new LeafPlace.Secret(namespace, "tls");

  @BeforeAll
  static void startNode() {
    kubelet = Kubelet.start(ControlPlane.shared(), folder, _ -> List.of("/bin/sleep", "600"));
  }

  @AfterAll
  static void stopNode() {
    kubelet.close();
  }

  @AfterEach
  void clean() {
    connection.close();
    admin.namespaces().withName(namespace).delete();
  }

  private WorkerRef ref(WorkloadKind kind) {
    return new WorkerRef(kind, namespace, "worker");
  }

  private ObservedWorker look(WorkloadKind kind) {
    return rolls.look(ref(kind), place);
  }

  private void apply(String yaml) {
    HasMetadata object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    admin.resource(object).create();
  }

  private void secret() {
    if (admin.secrets().inNamespace(namespace).withName("tls").get() == null) {
      admin
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName("tls")
                  .endMetadata()
                  .withType("kubernetes.io/tls")
                  .withData(TlsSecret.data(CA.leaf("worker")))
                  .build())
          .create();
    }
  }

  /// @param more further lines of `spec`
  private void create(WorkloadKind kind, String owners, String more) {
    secret();
    boolean rollout = kind == WorkloadKind.ROLLOUT;
    apply(
        """
        apiVersion: %s
        kind: %s
        metadata: {name: worker, namespace: %s%s}
        spec:
          selector: {matchLabels: {app: w}}
          template:
            metadata: {labels: {app: w}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - {name: w, image: sleep, volumeMounts: [{name: tls, mountPath: /tls}]}
              volumes: [{name: tls, secret: {secretName: tls}}]
        %s
        """
            .formatted(
                rollout ? "argoproj.io/v1alpha1" : "apps/v1",
                rollout ? "Rollout" : kind.word(),
                namespace,
                owners,
                more.indent(2)));
  }

  private void until(
      String fact, WorkloadKind kind, java.util.function.Predicate<ObservedWorker> is) {
    Until.holds(fact, LIMIT, () -> look(kind).toString(), () -> is.test(look(kind)));
  }

  private static boolean runs(ObservedWorker worker, int pods) {
    return worker.rolledOut()
        && worker.replicas() == pods
        && worker.pods().size() == pods
        && worker.pods().stream().allMatch(ObservedWorker.Pod::ready);
  }

  private static boolean isOn(ObservedWorker worker) {
    return worker.notOn(LEAF, Optional.empty()).isEmpty();
  }

  @Test
  void deploymentAndStatefulSetAndDaemonSetRollOntoTheLeaf() {
    record Case(WorkloadKind kind, String more, int pods) {}
    for (Case c :
        List.of(
            new Case(WorkloadKind.DEPLOYMENT, "replicas: 3", 3),
            new Case(WorkloadKind.STATEFUL_SET, "replicas: 2", 2),
            new Case(WorkloadKind.DAEMON_SET, "", 1))) {
      create(c.kind(), "", c.more());
      until(c.kind() + " runs", c.kind(), w -> runs(w, c.pods()));
      assertThat(look(c.kind()).mountsSecret()).isTrue();
      assertThat(look(c.kind()).stuck()).isEmpty();
      rolls.roll(ref(c.kind()), LEAF);
      assertThat(look(c.kind()).rolledOut()).isFalse();
      until(c.kind() + " is on the leaf", c.kind(), w -> runs(w, c.pods()) && isOn(w));
      admin.resource(stored(c.kind())).delete();
      Until.holds(
          "no pod is left",
          LIMIT,
          () -> "",
          () -> admin.pods().inNamespace(namespace).list().getItems().isEmpty());
    }
  }

  private GenericKubernetesResource stored(WorkloadKind kind) {
    boolean rollout = kind == WorkloadKind.ROLLOUT;
    return admin
        .genericKubernetesResources(
            rollout ? "argoproj.io/v1alpha1" : "apps/v1", rollout ? "Rollout" : kind.word())
        .inNamespace(namespace)
        .withName("worker")
        .get();
  }

  @Test
  void statefulSetComesBackFromZeroAsManyAsBeforeAndLeftThereItShows() {
    create(WorkloadKind.STATEFUL_SET, "", "replicas: 2\npodManagementPolicy: Parallel");
    until("runs", WorkloadKind.STATEFUL_SET, w -> runs(w, 2));
    rolls.scaleToZero(ref(WorkloadKind.STATEFUL_SET), LEAF);
    until("none", WorkloadKind.STATEFUL_SET, w -> w.pods().isEmpty() && w.rolledOut());
    assertThat(look(WorkloadKind.STATEFUL_SET).leftAtZero()).isTrue();
    assertThat(look(WorkloadKind.STATEFUL_SET).parked()).contains(2);
    rolls.scaleBack(ref(WorkloadKind.STATEFUL_SET));
    until("back", WorkloadKind.STATEFUL_SET, w -> runs(w, 2) && isOn(w));
    assertThat(look(WorkloadKind.STATEFUL_SET).parked()).isEmpty();
  }

  @Test
  void setsThatKeepTheirOldPodsSaySoBeforeTheyAreRestarted() {
    create(
        WorkloadKind.STATEFUL_SET,
        "",
        "replicas: 2\nupdateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}");
    create(WorkloadKind.DAEMON_SET, "", "updateStrategy: {type: OnDelete}");
    assertThat(look(WorkloadKind.STATEFUL_SET).stuck().orElseThrow()).contains("partition 1");
    assertThat(look(WorkloadKind.DAEMON_SET).stuck().orElseThrow()).contains("OnDelete");
  }

  @Test
  void disruptionBudgetOfNothingDoesNotHoldARollingUpdate() {
    apply(
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: none, namespace: %s}
        spec: {minAvailable: 100%%, selector: {matchLabels: {app: w}}}
        """
            .formatted(namespace));
    create(WorkloadKind.DEPLOYMENT, "", "replicas: 2");
    until("runs", WorkloadKind.DEPLOYMENT, w -> runs(w, 2));
    rolls.roll(ref(WorkloadKind.DEPLOYMENT), LEAF);
    until("on the leaf", WorkloadKind.DEPLOYMENT, w -> runs(w, 2) && isOn(w));
  }

  @Test
  void pauseAndAutoscalerAreSeen() {
    create(WorkloadKind.DEPLOYMENT, "", "replicas: 2\nstrategy: {type: Recreate}");
    apply(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: more, namespace: %s}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}, maxReplicas: 9}
        """
            .formatted(namespace));
    ObservedWorker worker =
        new KubeWorkers(connection)
            .read(List.of(new Workers.Question(ref(WorkloadKind.DEPLOYMENT), place)))
            .getFirst();
    assertThat(worker.pause().orElseThrow()).startsWith("its strategy is Recreate");
    assertThat(worker.autoscaler()).contains("more");
  }

  @Test
  void workloadOfAControllerIsNotTouched() {
    String uid = admin.namespaces().withName(namespace).get().getMetadata().getUid();
    create(
        WorkloadKind.STATEFUL_SET,
        ", ownerReferences: [{apiVersion: v1, kind: Namespace, name: %s, uid: %s, controller: true}]"
            .formatted(namespace, uid),
        "replicas: 1");
    NewleafException refused =
        catchThrowableOfType(
            NewleafException.class, () -> rolls.roll(ref(WorkloadKind.STATEFUL_SET), LEAF));
    assertThat(refused.getMessage()).contains("NL4020", "it belongs to Namespace " + namespace);
    assertThat(stored(WorkloadKind.STATEFUL_SET).getMetadata().getGeneration()).isEqualTo(1);
  }

  /// The controller that evicts pods and writes the status is this test.
  @Test
  void rolloutIsRestartedByTimeAndTheRealServerKeepsItsTemplate() {
    apply(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: rollouts.argoproj.io}
        spec:
          group: argoproj.io
          scope: Namespaced
          names: {kind: Rollout, plural: rollouts, singular: rollout}
          versions:
          - name: v1alpha1
            served: true
            storage: true
            subresources: {status: {}}
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """);
    try {
      Until.holds("the kind is served", LIMIT, () -> "", this::rolloutsAreServed);
      create(WorkloadKind.ROLLOUT, "", "replicas: 1");
      Object template = stored(WorkloadKind.ROLLOUT).get("spec", "template");
      rolls.roll(ref(WorkloadKind.ROLLOUT), LEAF);
      GenericKubernetesResource now = stored(WorkloadKind.ROLLOUT);
      String restartAt = now.get("spec", "restartAt");
      assertThat(now.<Object>get("spec", "template")).isEqualTo(template);
      rolls.roll(ref(WorkloadKind.ROLLOUT), LEAF);
      assertThat((String) stored(WorkloadKind.ROLLOUT).get("spec", "restartAt"))
          .isEqualTo(restartAt);
      assertThat(look(WorkloadKind.ROLLOUT).rolledOut()).isFalse();
      GenericKubernetesResource played = stored(WorkloadKind.ROLLOUT);
      played.setAdditionalProperty(
          "status",
          Serialization.unmarshal(
              """
              observedGeneration: '%d'
              replicas: 1
              updatedReplicas: 1
              availableReplicas: 1
              phase: Healthy
              restartedAt: '%s'
              """
                  .formatted(played.getMetadata().getGeneration(), restartAt),
              LinkedHashMap.class));
      admin.resource(played).updateStatus();
      assertThat(look(WorkloadKind.ROLLOUT).rolledOut()).isTrue();
    } finally {
      admin
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("rollouts.argoproj.io")
          .delete();
    }
  }

  private boolean rolloutsAreServed() {
    try {
      return admin
          .genericKubernetesResources(Workloads.ROLLOUTS)
          .inNamespace(namespace)
          .list()
          .getItems()
          .isEmpty();
    } catch (io.fabric8.kubernetes.client.KubernetesClientException _) {
      return false; // not yet
    }
  }

  @Test
  void secretThatCanNotHoldALeafSaysSoWhenItIsRead() {
    record Case(String type, String more, String why) {}
    for (Case c :
        List.of(
            new Case("Opaque", "immutable: true", "is immutable"),
            new Case(
                "kubernetes.io/dockerconfigjson",
                "data: {.dockerconfigjson: e30=}",
                "has the type kubernetes.io/dockerconfigjson"),
            new Case("helm.sh/release.v1", "", "has the type helm.sh/release.v1"))) {
      apply(
          """
          apiVersion: v1
          kind: Secret
          metadata: {name: tls, namespace: %s}
          type: %s
          %s
          """
              .formatted(namespace, c.type(), c.more()));
      ObservedLeaf leaf =
          new KubeLeaves(connection).read(List.of(place), _ -> Optional.empty()).getFirst();
      assertThat(leaf.unwritable().orElseThrow()).startsWith(c.why());
      NewleafException refused =
          catchThrowableOfType(
              NewleafException.class,
              () ->
                  new KubeLeafDelivery(connection, InstantSource.system())
                      .deliver(place, CA.leaf("new"), leaf.version()));
      assertThat(refused.getMessage()).startsWith("NL4005").contains(c.why());
      admin.secrets().inNamespace(namespace).withName("tls").delete();
    }
  }
}
