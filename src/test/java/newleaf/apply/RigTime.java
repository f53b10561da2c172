package newleaf.apply;

import java.time.Duration;
import java.time.Instant;

/// Virtual time for servers that work in real time too: each wait gives them a moment, and somebody
/// may look at the world then.
final class RigTime implements Timeline {
  private static final Duration MOMENT = Duration.ofMillis(4);

  private final FakeTime time;
  private Runnable watcher = () -> {};
  private Duration shortest = Duration.ZERO;

  RigTime(FakeTime time) {
    this.time = time;
  }

  FakeTime virtual() {
    return time;
  }

  /// Waits take at least that long from now on, so that there are fewer.
  void hurry(Duration newShortest) {
    shortest = newShortest;
  }

  void watch(Runnable newWatcher) {
    watcher = newWatcher;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    time.pause(duration.compareTo(shortest) < 0 ? shortest : duration);
    Thread.sleep(MOMENT);
    watcher.run();
  }
}
