package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// That a run is to end, for all of it that waits. Calls under way are not broken off.
final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

  void ask() {
    asked.countDown();
    waiting.forEach(Runnable::run);
  }

  boolean asked() {
    return asked.getCount() == 0;
  }

  /// @return whether it was asked before the time was over
  boolean await(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void whenAsked(Runnable wake) {
    waiting.add(wake);
  }
}
