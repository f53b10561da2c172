package newleaf.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In which order an [Observer] looks; what it makes of what it finds is in the planner's tests.
@Timeout(30)
class ObserverTest {
  private static final Scope NOWHERE =
      new Scope(List.of(), List.of(), List.of(), List.of(), List.of());

  @Test
  void looksAtNamespacesAndWorkersAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    Observed observed =
        observe(
            new Observer(
                _ -> met(both),
                _ -> List.of(),
                (_, _) -> List.of(),
                _ -> met(both),
                OtherSecrets.NONE,
                Thread::startVirtualThread));
    assertThat(observed.namespaces()).isEmpty();
    assertThat(both.getCount()).isZero();
  }

  @Test
  void firstLookThatFailedIsToldOnceAllHaveEnded() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Observer observer =
        new Observer(
            _ -> {
              await(begun);
              failed.countDown();
              throw new IllegalStateException("namespaces");
            },
            _ -> List.of(),
            (_, _) -> {
              begun.countDown();
              await(failed);
              ended.set(true);
              throw new IllegalStateException("leaves");
            },
            _ -> List.of(),
            OtherSecrets.NONE,
            Thread::startVirtualThread);
    assertThatThrownBy(() -> observe(observer)).hasMessage("namespaces");
    assertThat(ended).isTrue();
  }

  @Test
  void whoLooksAtOneAfterTheOtherStopsAtTheFirstFailure() {
    List<String> looked = new ArrayList<>();
    Observer observer =
        new Observer(
            _ -> {
              throw new AssertionError("killed");
            },
            _ -> List.of(),
            (_, _) -> looked(looked, "leaves"),
            _ -> looked(looked, "workers"));
    assertThatThrownBy(() -> observe(observer))
        .isInstanceOf(AssertionError.class)
        .hasMessage("killed");
    assertThat(looked).isEmpty();
  }

  private static Observed observe(Observer observer) {
    return observer.observe(NOWHERE, Recorded.NOTHING, Instant.EPOCH);
  }

  private static <T> List<T> looked(List<String> looked, String what) {
    looked.add(what);
    return List.of();
  }

  private static <T> List<T> met(CountDownLatch both) {
    both.countDown();
    await(both);
    return List.of();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
