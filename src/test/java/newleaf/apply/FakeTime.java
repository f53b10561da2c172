package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: waiting moves it on, and what falls due on the way happens at its time.
final class FakeTime implements Timeline {
  private record Due(Instant at, long order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private volatile Instant now; // servers of a test read it too
  private long order;
  private Runnable afterEach = () -> {};

  FakeTime(Instant start) {
    this.now = start;
  }

  /// Whoever looks at the world after everything that happens in it.
  void watch(Runnable watcher) {
    this.afterEach = watcher;
  }

  void in(Duration delay, Runnable what) {
    due.add(new Due(now.plus(delay), order++, what));
  }

  void advanceTo(Instant end) {
    while (!due.isEmpty() && !due.peek().at().isAfter(end)) {
      Due next = due.remove();
      now = next.at();
      next.what().run();
      afterEach.run();
    }
    now = end.isAfter(now) ? end : now;
  }

  @Override
  public void pause(Duration duration) {
    advanceTo(now.plus(duration));
  }

  @Override
  public Instant instant() {
    return now;
  }
}
