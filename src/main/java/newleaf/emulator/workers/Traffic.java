package newleaf.emulator.workers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// What became of the workflows that were started, counted by whoever started them; safe for many
/// threads.
public final class Traffic {
  private final InstantSource clock;
  private final Map<String, Integer> failures = new TreeMap<>();
  private long started;
  private long completed;
  private Instant lastCompleted;
  private Duration longestGap = Duration.ZERO;
  private boolean finished;

  Traffic(InstantSource clock) {
    this.clock = clock;
    this.lastCompleted = clock.instant();
  }

  /// @param longestGap the longest time in which no workflow completed
  /// @param failures how often each kind of failure was seen
  public record Counts(
      long started,
      long completed,
      long failed,
      Duration longestGap,
      Map<String, Integer> failures) {
    public Counts {
      failures = Map.copyOf(failures);
    }
  }

  /// @return false when no more workflows shall be started
  synchronized boolean start() {
    if (finished) {
      return false;
    }
    started++;
    return true;
  }

  /// Starts no more and waits until every started workflow has come to an end.
  ///
  /// @return false when some are still open after that time
  public synchronized boolean finish(Duration limit) throws InterruptedException {
    finished = true;
    long end = System.nanoTime() + limit.toNanos();
    while (completed + failed() < started) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /// Waits for the first workflows to complete.
  public synchronized void awaitCompleted(long workflows) throws InterruptedException {
    while (completed < workflows) {
      wait();
    }
  }

  synchronized void completed() {
    completed++;
    closeGap();
    notifyAll();
  }

  synchronized void failed(Throwable why) {
    String root = why.getCause() == null ? String.valueOf(why) : String.valueOf(why.getCause());
    failures.merge(root, 1, Integer::sum);
    notifyAll();
  }

  /// Gaps before this do not count: the workers were only starting.
  public synchronized void measureFromNow() {
    longestGap = Duration.ZERO;
    lastCompleted = clock.instant();
  }

  public synchronized Counts counts() {
    return new Counts(started, completed, failed(), longestGap, failures);
  }

  private long failed() {
    return failures.values().stream().mapToLong(Integer::longValue).sum();
  }

  private void closeGap() {
    Instant now = clock.instant();
    Duration gap = Duration.between(lastCompleted, now);
    if (gap.compareTo(longestGap) > 0) {
      longestGap = gap;
    }
    lastCompleted = now;
  }
}
