package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What newleaf relies on where it restarts workers. The fake in memory keeps it, the embedded
/// cluster and a real control plane with its controllers.
abstract class RollsContract {
  private static final Fingerprint LEAF = new Fingerprint("a".repeat(64));
  private static final Fingerprint NEXT = new Fingerprint("b".repeat(64));
  private static final int REPLICAS = 3;

  private RollsSide side;

  abstract RollsSide start();

  @BeforeEach
  void startWorkers() throws InterruptedException {
    side = start();
    settled();
  }

  @AfterEach
  void closeSide() {
    side.close();
  }

  private ObservedWorker look() {
    return side.rolls().look(side.worker(), side.place());
  }

  private static long ready(ObservedWorker worker) {
    return worker.pods().stream().filter(ObservedWorker.Pod::ready).count();
  }

  private void settled() throws InterruptedException {
    side.until("rolled out", () -> look().rolledOut() && ready(look()) == look().replicas());
  }

  @Test
  void workloadIsSeenWithItsPodsAndItsSecret() {
    ObservedWorker worker = look();
    assertThat(worker.exists()).isTrue();
    assertThat(worker.replicas()).isEqualTo(REPLICAS);
    assertThat(worker.pods()).hasSize(REPLICAS).allMatch(p -> p.startedAt().isPresent());
    assertThat(worker.mountsSecret()).isTrue();
    assertThat(worker.stuck()).isEmpty();
    assertThat(worker.parked()).isEmpty();
    LeafPlace other = new LeafPlace.Secret(side.worker().namespace(), "other");
    assertThat(side.rolls().look(side.worker(), other).mountsSecret()).isFalse();
  }

  @Test
  void rollPutsEveryPodOnTheLeafWithNeverOneReadyPodLess() throws InterruptedException {
    side.rolls().roll(side.worker(), LEAF);
    side.until(
        "all pods on the leaf",
        () -> {
          ObservedWorker now = look();
          assertThat(ready(now)).isGreaterThanOrEqualTo(REPLICAS);
          assertThat(now.replicas()).isEqualTo(REPLICAS);
          return now.rolledOut() && now.notOn(LEAF, Optional.empty()).isEmpty();
        });
    assertThat(look().pods()).hasSize(REPLICAS);
  }

  @Test
  void sameLeafAgainIsNoRollOut() throws InterruptedException {
    side.rolls().roll(side.worker(), LEAF);
    side.until("on the leaf", () -> look().notOn(LEAF, Optional.empty()).isEmpty());
    settled();
    var pods = look().pods();
    side.rolls().roll(side.worker(), LEAF);
    assertThat(look().rolledOut()).isTrue();
    assertThat(look().pods()).containsExactlyInAnyOrderElementsOf(pods);
  }

  @Test
  void workersScaledToZeroComeBackAsManyAsTheyWereOnTheLeaf() throws InterruptedException {
    side.rolls().scaleToZero(side.worker(), LEAF);
    assertThat(look().replicas()).isZero();
    assertThat(look().parked()).contains(REPLICAS);
    side.until("no pod", () -> look().pods().isEmpty());
    side.rolls().scaleBack(side.worker());
    assertThat(look().replicas()).isEqualTo(REPLICAS);
    assertThat(look().parked()).isEmpty();
    settled();
    assertThat(look().notOn(LEAF, Optional.empty())).isEmpty();
    assertThat(look().pods()).hasSize(REPLICAS);
  }

  @Test
  void countSurvivesAnotherScalingToZero() {
    side.rolls().scaleToZero(side.worker(), LEAF);
    side.rolls().scaleToZero(side.worker(), NEXT);
    assertThat(look().parked()).contains(REPLICAS);
  }

  @Test
  void scalingBackWithoutACountChangesNothing() {
    side.rolls().scaleBack(side.worker());
    assertThat(look().replicas()).isEqualTo(REPLICAS);
    assertThat(look().rolledOut()).isTrue();
  }

  @Test
  void workloadThatIsNotThereIsSeenSoAndCanNotBeRestarted() {
    WorkerRef missing = WorkerRef.deployment(side.worker().namespace(), "missing");
    ObservedWorker worker = side.rolls().look(missing, side.place());
    assertThat(worker.exists()).isFalse();
    assertThat(worker.pods()).isEmpty();
    NewleafException refused =
        catchThrowableOfType(NewleafException.class, () -> side.rolls().roll(missing, LEAF));
    assertThat(refused.failure()).isInstanceOf(Failure.Stale.class);
  }
}
