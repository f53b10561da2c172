package newleaf.emulator.cluster;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pods, Secrets in pods, and roll-outs, seen through a real client.
class ClusterApiTest {
  private static final TestCa CA = new TestCa("Test CA");

  /// Pods beyond this number never become ready.
  private final AtomicInteger readyAtMost = new AtomicInteger(Integer.MAX_VALUE);

  private final AtomicBoolean failed = new AtomicBoolean(false);
  private final FakePods pods = new FakePods(this::ready, _ -> failed.get());
  private final ClusterFixture fixture = new ClusterFixture(pods);
  private final KubernetesClient client = fixture.client();

  private boolean ready(PodSpecification spec) {
    return pods.started().stream()
        .limit(readyAtMost.get())
        .anyMatch(s -> s.spec().name().equals(spec.name()));
  }

  @AfterEach
  void stop() {
    client.close();
    fixture.close();
  }

  private void workers(int replicas) {
    fixture.cluster().seed().tlsSecret(NAMESPACE, "tls", CA.leaf("worker"));
    fixture
        .cluster()
        .seed()
        .deployment(
            new Seed.Workload(NAMESPACE, "worker", replicas, "tls", Map.of("QUEUE", "booking")));
  }

  private RollableScalableResource<Deployment> deployment() {
    return client.apps().deployments().inNamespace(NAMESPACE).withName("worker");
  }

  private List<Pod> livePods() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app", "worker")
        .list()
        .getItems()
        .stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private long readyPods() {
    return livePods().stream()
        .filter(p ->
            p.getStatus().getConditions().stream()
                .anyMatch(c -> isReady(c.getType(), c.getStatus())))
        .count();
  }

  private static boolean isReady(String type, String status) {
    return type.equals("Ready") && status.equals("True");
  }

  private boolean rolledOut(int replicas) {
    Deployment d = deployment().get();
    var s = d.getStatus();
    return s != null
        && d.getMetadata().getGeneration().equals(s.getObservedGeneration())
        && s.getReplicas() == replicas
        && s.getUpdatedReplicas() == replicas
        && s.getAvailableReplicas() == replicas;
  }

  private void awaitRollout(int replicas) throws InterruptedException {
    Eventually.holds("rolled out to " + replicas, () -> rolledOut(replicas));
  }

  private void annotateTemplate(String value) {
    deployment()
        .patch(
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"" + value + "\"}}}}}");
  }

  @Test
  void rollingUpdateNeverDropsBelowTheReplicas() throws InterruptedException {
    workers(3);
    awaitRollout(3);
    annotateTemplate("2");
    long least = 3;
    while (!rolledOut(3)) {
      least = Math.min(least, readyPods());
    }
    assertThat(least).isEqualTo(3);
    assertThat(livePods())
        .hasSize(3)
        .allSatisfy(p -> assertThat(p.getMetadata().getAnnotations()).containsEntry("v", "2"));
    Eventually.holds("old pods stopped", () -> pods.running() == 3);
    assertThat(pods.started()).hasSize(6);
  }

  @Test
  void newPodsThatAreNotReadyStopTheRollout() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    readyAtMost.set(2);
    annotateTemplate("2");
    Eventually.holds("one new pod", () -> pods.started().size() == 3);
    assertThat(deployment().get().getStatus().getUpdatedReplicas()).isLessThanOrEqualTo(1);
    assertThat(livePods()).hasSize(3);
  }

  @Test
  void scalesToZeroAndBack() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    deployment().patch("{\"spec\":{\"replicas\":0}}");
    awaitRollout(0);
    Eventually.holds("all stopped", () -> pods.running() == 0);
    deployment().patch("{\"spec\":{\"replicas\":2}}");
    awaitRollout(2);
    assertThat(pods.running()).isEqualTo(2);
  }

  @Test
  void recreateEndsAllOldPodsFirst() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    deployment().patch("{\"spec\":{\"strategy\":{\"type\":\"Recreate\"}}}");
    annotateTemplate("2");
    Eventually.holds("new pods", () -> pods.started().size() > 2);
    assertThat(pods.started().subList(0, 2)).allMatch(s -> s.stops().get() == 1);
    awaitRollout(2);
  }

  @Test
  void pausedDeploymentReplacesNothing() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    deployment().patch("{\"spec\":{\"paused\":true}}");
    annotateTemplate("2");
    Eventually.holds(
        "seen",
        () -> {
          Deployment d = deployment().get();
          return d.getMetadata().getGeneration().equals(d.getStatus().getObservedGeneration());
        });
    assertThat(pods.started()).hasSize(2);
    deployment().patch("{\"spec\":{\"paused\":false}}");
    awaitRollout(2);
    assertThat(pods.started()).hasSize(4);
  }

  @Test
  void podsHaveTheirEnvironmentAndPrivateFiles() throws InterruptedException, IOException {
    workers(1);
    awaitRollout(1);
    PodSpecification spec = pods.started().getFirst().spec();
    assertThat(spec.env()).containsEntry("QUEUE", "booking");
    Path key = spec.secretVolumes().get("tls").resolve("tls.key");
    assertThat(Files.readString(key)).contains("PRIVATE KEY");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void changedSecretReachesRunningPods() throws InterruptedException {
    workers(1);
    awaitRollout(1);
    HeldCertificate next = CA.leaf("worker");
    client.secrets().inNamespace(NAMESPACE).withName("tls").delete();
    fixture.cluster().seed().tlsSecret(NAMESPACE, "tls", next);
    Path file = pods.started().getFirst().spec().secretVolumes().get("tls").resolve("tls.crt");
    Eventually.holds("new file", () -> text(file).equals(Pem.of(next.certificate())));
    assertThat(pods.started()).hasSize(1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void podWaitsForItsSecret() throws InterruptedException {
    fixture.cluster().seed().deployment(new Seed.Workload(NAMESPACE, "worker", 1, "tls", Map.of()));
    Eventually.holds("waiting", () -> waitingReason().equals("ContainerCreating"));
    assertThat(pods.started()).isEmpty();
    fixture.cluster().seed().tlsSecret(NAMESPACE, "tls", CA.leaf("worker"));
    awaitRollout(1);
  }

  private String waitingReason() {
    return livePods().stream()
        .flatMap(p -> p.getStatus().getContainerStatuses().stream())
        .filter(c -> c.getState().getWaiting() != null)
        .map(c -> c.getState().getWaiting().getReason())
        .findFirst()
        .orElse("");
  }

  @Test
  void failedPodIsStartedAgainAfterAWhile() throws InterruptedException {
    workers(1);
    awaitRollout(1);
    failed.set(true);
    Eventually.holds("backed off", () -> waitingReason().equals("CrashLoopBackOff"));
    failed.set(false);
    awaitRollout(1);
    assertThat(pods.running()).isEqualTo(1);
    assertThat(
            livePods().getFirst().getStatus().getContainerStatuses().getFirst().getRestartCount())
        .isPositive();
  }

  @Test
  void podsLeadToTheirDeployment() throws InterruptedException {
    workers(1);
    awaitRollout(1);
    var owner = livePods().getFirst().getMetadata().getOwnerReferences().getFirst();
    var set = client.apps().replicaSets().inNamespace(NAMESPACE).withName(owner.getName()).get();
    assertThat(set.getMetadata().getUid()).isEqualTo(owner.getUid());
    assertThat(set.getMetadata().getOwnerReferences().getFirst().getUid())
        .isEqualTo(deployment().get().getMetadata().getUid());
  }

  @Test
  void deletedDeploymentTakesItsPodsAlong() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    deployment().delete();
    Eventually.holds(
        "no pods", () -> client.pods().inNamespace(NAMESPACE).list().getItems().isEmpty());
    assertThat(pods.running()).isZero();
  }

  @Test
  void closingStopsPodsAndDeletesTheirFiles() throws InterruptedException {
    workers(2);
    awaitRollout(2);
    fixture.cluster().close();
    assertThat(pods.running()).isZero();
    assertThat(fixture.root()).doesNotExist();
  }

  @Test
  void strangersAreUnauthorizedAndReadersMayNotWrite() {
    try (KubernetesClient stranger = ClusterFixture.client(fixture.cluster().kubeconfig("x"));
        KubernetesClient reader =
            ClusterFixture.client(fixture.cluster().kubeconfig(fixture.cluster().readerToken()))) {
      var refused =
          catchThrowableOfType(
              KubernetesClientException.class, () -> stranger.pods().inNamespace(NAMESPACE).list());
      assertThat(refused.getCode()).isEqualTo(401);
      workers(1);
      assertThat(reader.secrets().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
      var forbidden =
          catchThrowableOfType(
              KubernetesClientException.class,
              () -> reader.secrets().inNamespace(NAMESPACE).withName("tls").delete());
      assertThat(forbidden.getStatus().getReason()).isEqualTo("Forbidden");
    }
  }
}
