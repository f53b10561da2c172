package newleaf.emulator.cluster;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults of the cluster, as a client that does not try again sees them over HTTP.
class ClusterFaultsTest {
  private final ClusterFixture fixture = new ClusterFixture(new FakePods());
  private final Faults faults = fixture.faults();
  private final KubernetesClient client = fixture.client();

  @AfterEach
  void stop() {
    client.close();
    fixture.close();
  }

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(new Fault.Unavailable(Moment.BEFORE_COMMIT), 503, "currently unable", false),
        new Refusal(new Fault.Unavailable(Moment.AFTER_COMMIT), 503, "currently unable", true),
        new Refusal(new Fault.Exhausted(Optional.empty()), 429, "too many requests", false),
        new Refusal(new Fault.Broken(), 500, "Internal error", false));
  }

  record Refusal(Fault fault, int code, String words, boolean done) {}

  @ParameterizedTest
  @MethodSource("refusals")
  void refusedCallSaysWhyAndStrikesOnce(Refusal refusal) {
    faults.add(Rule.of(refusal.fault(), "create secrets", Schedule.once()));
    KubernetesClientException failed = failedCreate();
    assertThat(failed.getCode()).isEqualTo(refusal.code());
    assertThat(failed).hasMessageContaining(refusal.words());
    assertThat(there()).isEqualTo(refusal.done());
    assertThat(faults.struck()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void cutConnectionGivesNoAnswer(Moment moment) {
    faults.add(Rule.of(new Fault.Cut(moment), "create secrets", Schedule.once()));
    assertThat(failedCreate().getCode()).isNotPositive(); // no answer at all
    assertThat(there()).isEqualTo(moment == Moment.AFTER_COMMIT);
  }

  static List<Moment> moments() {
    return List.of(Moment.values());
  }

  @Test
  void editedSecretHasAnotherVersionThanTheWriterKnows() {
    create();
    Secret read = client.secrets().inNamespace(NAMESPACE).withName("a").get();
    faults.add(Rule.of(new Fault.Edited(), "update secrets", Schedule.once()));
    KubernetesClientException conflict =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                client
                    .resource(new SecretBuilder(read).addToData("k", "dg==").build())
                    .lockResourceVersion(read.getMetadata().getResourceVersion())
                    .update());
    assertThat(conflict.getCode()).isEqualTo(409);
  }

  @Test
  void staleListShowsWhatWas() {
    create();
    faults.add(Rule.of(new Fault.StaleList(Duration.ofHours(1)), "list secrets", Schedule.once()));
    assertThat(client.secrets().inNamespace(NAMESPACE).list().getItems()).isEmpty();
    assertThat(client.secrets().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
  }

  @Test
  void crashedPodComesUpAtItsNextStart() throws InterruptedException {
    faults.add(Rule.of(new Fault.Crash(), "start pods", Schedule.once()));
    deploy();
    Eventually.holds("crash loop", () -> waiting().contains("CrashLoopBackOff"));
    Eventually.holds("ready", () -> ready() == 1);
  }

  @Test
  void podThatIsNeverReadyKeepsTheRolloutFromEnding() throws InterruptedException {
    faults.add(Rule.of(new Fault.NeverReady(), "start pods", Schedule.once()));
    deploy();
    Eventually.holds("struck", () -> !faults.struck().isEmpty());
    assertThat(ready()).isZero();
  }

  @Test
  void somebodyElseScalesJustBeforeAPatch() {
    deploy();
    faults.add(Rule.of(new Fault.Scaled(5), "patch deployments", Schedule.once()));
    var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName("worker");
    var _ = deployment.patch("{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    assertThat(deployment.get().getSpec().getReplicas()).isEqualTo(5);
  }

  private void deploy() {
    create();
    fixture.cluster().seed().deployment(new Seed.Workload(NAMESPACE, "worker", 1, "a", Map.of()));
  }

  private int ready() {
    var status =
        client.apps().deployments().inNamespace(NAMESPACE).withName("worker").get().getStatus();
    return status == null || status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
  }

  private List<String> waiting() {
    return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(p -> p.getStatus() != null)
        .flatMap(p -> p.getStatus().getContainerStatuses().stream())
        .filter(c -> c.getState().getWaiting() != null)
        .map(c -> c.getState().getWaiting().getReason())
        .toList();
  }

  private boolean there() {
    return client.secrets().inNamespace(NAMESPACE).withName("a").get() != null;
  }

  private void create() {
    var _ = client.resource(secret()).create();
  }

  private KubernetesClientException failedCreate() {
    return catchThrowableOfType(KubernetesClientException.class, this::create);
  }

  private static Secret secret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName("a")
        .endMetadata()
        .build();
  }
}
