package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks again and again until something is there or the time is over.
record Waiting(Timeline time, Duration pause, Duration limit) {

  /// @return empty when the time was over
  <T> Optional<T> until(String where, Supplier<Optional<T>> look) {
    Instant end = time.instant().plus(limit);
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent() || !time.instant().isBefore(end)) {
        return found;
      }
      pause(time, where, pause);
    }
  }

  static void pause(Timeline time, String where, Duration duration) {
    try {
      time.pause(duration);
    } catch (InterruptedException _) {
      throw Failures.interrupted(where);
    }
  }
}
