package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import newleaf.journal.LeaseRecord.Holder;
import org.junit.jupiter.api.Test;

/// What every place for the record has to do.
public abstract class LeaseStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00.123456789Z");
  static final String HERE = "build-7/1a2b";

  /// A new way to the same place each time it is asked for.
  protected abstract LeaseStore store();

  static Holder holder(String id) {
    return new Holder(id, "apply by \"Müller\"\n", HERE, NOW, NOW, Duration.ofSeconds(60));
  }

  static LeaseRecord held(long fencing, String id) {
    return new LeaseRecord(fencing, Optional.of(holder(id)));
  }

  @Test
  void nobodyEverTookIt() {
    assertThat(store().read()).isEmpty();
    assertThat(store().ended(holder("a"))).isFalse();
    assertThat(store().where()).isNotBlank();
  }

  @Test
  void whatWasWrittenIsReadByEverybody() {
    assertThat(store().replace(Optional.empty(), held(1, "a"))).isTrue();
    assertThat(store().read()).contains(held(1, "a"));
    assertThat(store().replace(Optional.of(held(1, "a")), held(1, "a").released())).isTrue();
    assertThat(store().read()).contains(new LeaseRecord(1, Optional.empty()));
    assertThat(store().replace(store().read(), held(2, "b"))).isTrue();
    assertThat(store().read()).contains(held(2, "b"));
  }

  @Test
  void somethingElseThanExpectedIsKept() {
    LeaseStore store = store();
    assertThat(store.replace(Optional.of(held(1, "a")), held(2, "b"))).isFalse();
    assertThat(store.read()).isEmpty();
    assertThat(store.replace(Optional.empty(), held(1, "a"))).isTrue();
    assertThat(store.replace(Optional.empty(), held(1, "b"))).isFalse();
    assertThat(store.replace(Optional.of(held(1, "b")), held(2, "b"))).isFalse();
    LeaseRecord later = new LeaseRecord(1, Optional.of(holder("a").renewed(NOW.plusNanos(1))));
    assertThat(store.replace(Optional.of(later), held(2, "b"))).isFalse();
    assertThat(store.replace(Optional.of(held(1, "a").released()), held(2, "b"))).isFalse();
    assertThat(store.read()).contains(held(1, "a"));
  }

  @Test
  void ofManyTakersOneWinsEachTime() throws InterruptedException {
    AtomicInteger wins = new AtomicInteger();
    for (int round = 1; round <= 10; round++) {
      long fencing = round;
      Optional<LeaseRecord> before = store().read();
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> takers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String id = "taker-" + i;
        takers.add(
            Thread.ofPlatform()
                .start(() -> {
                  awaits(start);
                  if (store().replace(before, held(fencing, id))) {
                    wins.incrementAndGet();
                  }
                }));
      }
      start.countDown();
      for (Thread taker : takers) {
        taker.join();
      }
      assertThat(wins).hasValue(round);
    }
  }

  private static void awaits(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void holderThatLivesHereHasNotEnded() {
    store().replace(Optional.empty(), held(1, "a"));
    assertThat(store().ended(holder("a"))).isFalse();
    assertThat(store().ended(holder("b"))).as("unknown").isFalse();
    Holder renewed = holder("a").renewed(NOW.plusSeconds(9));
    assertThat(store().replace(store().read(), new LeaseRecord(1, Optional.of(renewed)))).isTrue();
    assertThat(store().ended(renewed)).isFalse();
  }

  @Test
  void numbersGoOnAfterARelease() {
    takeAndRelease(11);
    assertThat(store().read()).contains(new LeaseRecord(11, Optional.empty()));
  }

  final void takeAndRelease(int times) {
    for (long fencing = 1; fencing <= times; fencing++) {
      assertThat(store().replace(store().read(), held(fencing, "a"))).isTrue();
      assertThat(store().replace(store().read(), held(fencing, "a").released())).isTrue();
    }
  }
}
