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

  Traffic(InstantSource clock) {
    this.clock = clock;
    this.lastCompleted = clock.instant();
  }

  /// @param longestGap the longest time in which no workflow completed
  /// @param failures how often each kind of failure was seen
  public record Counts(
      long started, long completed, long failed, Duration longestGap, Map<String, Integer> failures) {
    public Counts {
      failures = Map.copyOf(failures);
    }
  }

  synchronized void started() {
    started++;
  }

  synchronized void completed() {
    completed++;
    closeGap();
  }

  synchronized void failed(Throwable why) {
    String root = why.getCause() == null ? String.valueOf(why) : String.valueOf(why.getCause());
    failures.merge(root, 1, Integer::sum);
  }

  /// Forgets what was before: counting starts now.
  public synchronized void reset() {
    started = 0;
    completed = 0;
    failures.clear();
    longestGap = Duration.ZERO;
    lastCompleted = clock.instant();
  }

  public synchronized Counts counts() {
    closeGap();
    long failed = failures.values().stream().mapToLong(Integer::longValue).sum();
    return new Counts(started, completed, failed, longestGap, failures);
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
