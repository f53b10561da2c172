package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static newleaf.kube.KubeFixture.PLACE;
import static newleaf.kube.KubeFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.emulator.cluster.Eventually;
import newleaf.emulator.cluster.FakePods;
import newleaf.journal.Fence;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeRollsTest {
  private static final Fingerprint LEAF = new Fingerprint("a".repeat(64));
  private static final Fingerprint NEXT = new Fingerprint("b".repeat(64));

  private final AtomicBoolean crashing = new AtomicBoolean();
  private final FakePods pods = new FakePods(_ -> true, _ -> crashing.get());
  private final KubeFixture kube = new KubeFixture(pods);
  private final KubeRolls rolls = new KubeRolls(kube.connection, InstantSource.system());

  @AfterEach
  void stop() {
    kube.close();
  }

  private ObservedWorker look() {
    return rolls.look(WORKER, PLACE);
  }

  private void awaitRollout() throws InterruptedException {
    Eventually.holds("rolled out", () -> look().rolledOut());
  }

  private Deployment deployment() {
    return kube.others.apps().deployments().inNamespace(NAMESPACE).withName("worker").get();
  }

  private void patch(String json) {
    kube.others.apps().deployments().inNamespace(NAMESPACE).withName("worker").patch(json);
  }

  private Optional<String> keptReplicas() {
    return Annotations.of(deployment().getMetadata(), "newleaf.dev/replicas");
  }

  @Test
  void runThatHasLostItsLockStopsNoWorkers() {
    kube.worker(1);
    Fence lost =
        () -> {
          throw new NewleafException(
              new Failure.LockHeld(new Explanation("NL6009", "lock", "is lost.", "Wait.")));
        };
    KubeRolls late = new KubeRolls(kube.connection, InstantSource.system(), lost);
    assertThatThrownBy(() -> late.scaleToZero(WORKER, NEXT)).hasMessageContaining("NL6009");
    assertThatThrownBy(() -> late.roll(WORKER, NEXT)).hasMessageContaining("NL6009");
    assertThat(deployment().getSpec().getReplicas()).isPositive();
    assertThat(keptReplicas()).isEmpty();
  }

  @Test
  void rollPutsEveryPodOnTheLeaf() throws InterruptedException {
    kube.worker(3);
    awaitRollout();
    rolls.roll(WORKER, LEAF);
    assertThat(look().rolledOut()).isFalse();
    awaitRollout();
    assertThat(look().pods()).hasSize(3);
    assertThat(look().notOn(LEAF, Optional.empty())).isEmpty();
    assertThat(look().replicas()).isEqualTo(3);
    assertThat(look().pods()).allMatch(p -> p.ready() && p.startedAt().isPresent());
  }

  @Test
  void sameLeafAgainChangesNothing() throws InterruptedException {
    kube.worker(1);
    rolls.roll(WORKER, LEAF);
    awaitRollout();
    Long generation = deployment().getMetadata().getGeneration();
    rolls.roll(WORKER, LEAF);
    assertThat(deployment().getMetadata().getGeneration()).isEqualTo(generation);
  }

  @Test
  void workersComeBackAsManyAsTheyWere() throws InterruptedException {
    kube.worker(3);
    awaitRollout();
    rolls.scaleToZero(WORKER, LEAF);
    assertThat(keptReplicas()).contains("3");
    Eventually.holds("none", () -> look().pods().isEmpty() && look().rolledOut());
    rolls.scaleBack(WORKER);
    awaitRollout();
    assertThat(look().pods()).hasSize(3);
    assertThat(look().notOn(LEAF, Optional.empty())).isEmpty();
    assertThat(keptReplicas()).isEmpty();
  }

  @Test
  void countOfAnInterruptedRunSurvivesScalingToZeroAgain() throws InterruptedException {
    kube.worker(2);
    awaitRollout();
    rolls.scaleToZero(WORKER, LEAF);
    rolls.scaleToZero(WORKER, NEXT);
    assertThat(keptReplicas()).contains("2");
    rolls.scaleBack(WORKER);
    rolls.scaleBack(WORKER);
    awaitRollout();
    assertThat(look().replicas()).isEqualTo(2);
    assertThat(look().notOn(NEXT, Optional.empty())).isEmpty();
  }

  @Test
  void scalingBackWithoutACountChangesNothing() throws InterruptedException {
    kube.worker(1);
    awaitRollout();
    rolls.scaleBack(WORKER);
    assertThat(look().replicas()).isEqualTo(1);
  }

  @Test
  void pausedDeploymentIsStuck() throws InterruptedException {
    kube.worker(1);
    awaitRollout();
    patch("{\"spec\":{\"paused\":true}}");
    rolls.roll(WORKER, LEAF);
    Eventually.holds("not rolled out", () -> !look().rolledOut());
    assertThat(look().stuck()).contains("it is paused (kubectl rollout resume)");
  }

  @Test
  void crashingNewPodsAreStuck() throws InterruptedException {
    kube.worker(1);
    crashing.set(true);
    Eventually.holds("stuck", () -> look().stuck().isPresent());
    assertThat(look().stuck().orElseThrow()).startsWith("pod worker-").endsWith("CrashLoopBackOff");
  }

  @Test
  void missedDeadlineIsStuck() throws InterruptedException {
    kube.seed()
        .deployment(
            new newleaf.emulator.cluster.Seed.Workload(
                NAMESPACE, "worker", 1, "missing", java.util.Map.of()));
    patch("{\"spec\":{\"progressDeadlineSeconds\":1}}");
    Eventually.holds("stuck", () -> look().stuck().isPresent());
    assertThat(look().stuck().orElseThrow()).startsWith("ProgressDeadlineExceeded");
    assertThat(look().rolledOut()).isFalse();
  }

  @Test
  void mountedSecretIsFoundAndAnotherIsNot() {
    kube.worker(1);
    assertThat(look().mountsSecret()).isTrue();
    assertThat(rolls.look(WORKER, new LeafPlace.Secret(NAMESPACE, "other")).mountsSecret())
        .isFalse();
    assertThat(rolls.look(WORKER, new LeafPlace.Secret("default", "tls")).mountsSecret()).isFalse();
  }

  @Test
  void secretInEnvironmentOrProjectedVolumeCountsAsMounted() {
    kube.worker(1);
    patch(
        """
        {"spec":{"template":{"spec":{
          "volumes":[{"name":"p","projected":{"sources":[{"secret":{"name":"projected"}}]}}],
          "containers":[{"name":"worker","image":"worker","volumeMounts":[],
            "envFrom":[{"secretRef":{"name":"whole"}}],
            "env":[{"name":"K","valueFrom":{"secretKeyRef":{"name":"single","key":"k"}}}]}]}}}}\
        """);
    for (String name : List.of("projected", "whole", "single")) {
      assertThat(rolls.look(WORKER, new LeafPlace.Secret(NAMESPACE, name)).mountsSecret()).isTrue();
    }
  }

  @Test
  void missingDeploymentDoesNotExistAndCanNotBeRolled() {
    WorkerRef missing = WorkerRef.deployment(NAMESPACE, "missing");
    ObservedWorker read =
        new KubeWorkers(kube.connection)
            .read(List.of(new Workers.Question(missing, PLACE)))
            .getFirst();
    assertThat(read.exists()).isFalse();
    for (Runnable write :
        List.<Runnable>of(() -> rolls.roll(missing, LEAF), () -> rolls.scaleBack(missing))) {
      NewleafException failed = catchThrowableOfType(NewleafException.class, write::run);
      assertThat(failed.failure()).isInstanceOf(Failure.Stale.class);
      assertThat(failed.getMessage()).startsWith("NL4006 deployment/booking/missing");
    }
  }

  @Test
  void readerMayNotRoll() {
    kube.worker(1);
    try (KubeConnection reader = kube.readerConnection()) {
      NewleafException denied =
          catchThrowableOfType(
              NewleafException.class,
              () -> new KubeRolls(reader, InstantSource.system()).roll(WORKER, LEAF));
      assertThat(denied.getMessage())
          .contains("NL4010", "cannot patch resource \"deployments\" in API group \"apps\"");
    }
  }
}
