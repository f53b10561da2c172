package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Virtual time: waiting moves it on, and what falls due on the way happens at its time.
final class FakeTime implements Timeline {
  private record Due(Instant at, long order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private volatile Instant now; // servers of a test read it too
  private long order;
  private Runnable afterEach = () -> {};
  private Consumer<Duration> waiter = duration -> advanceTo(now.plus(duration));

  FakeTime(Instant start) {
    this.now = start;
  }

  /// Whoever looks at the world after everything that happens in it.
  void watch(Runnable watcher) {
    this.afterEach = watcher;
  }

  /// Whoever waits does it like that from now on.
  void waitBy(Consumer<Duration> newWaiter) {
    waiter = newWaiter;
  }

  void in(Duration delay, Runnable what) {
    due.add(new Due(now.plus(delay), order++, what));
  }

  void advanceTo(Instant end) {
    advanceTo(end, () -> false);
  }

  /// @param enough ends it earlier
  void advanceTo(Instant end, BooleanSupplier enough) {
    while (!enough.getAsBoolean() && !due.isEmpty() && !due.peek().at().isAfter(end)) {
      Due next = due.remove();
      now = next.at();
      next.what().run();
      afterEach.run();
    }
    if (!enough.getAsBoolean()) {
      now = end.isAfter(now) ? end : now;
    }
  }

  @Override
  public void pause(Duration duration) {
    waiter.accept(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
