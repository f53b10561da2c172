package newleaf.cloud;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// How long operations of this run take: longer than the longest that one was seen to go on, and
/// not longer than the shortest after which one had ended. Looking at one much sooner would take
/// requests that others need, and much later one of the 10 places for operations. It is a matter of
/// speed alone.
final class Expectation {
  /// Nobody is made to wait longer for a first look, however long the ones before took.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /// The part of the time that may stay unknown.
  private static final int PART = 20;

  /// How many looks let what is known of the past count for one part in a thousand less.
  private static final int FADES = 1000;

  private Duration running = Duration.ZERO;
  private Optional<Duration> ended = Optional.empty();
  private boolean tried;

  /// The looks at one operation.
  final class Looks {
    private boolean looked;
    private boolean tries;

    /// @param hint how long to wait between looks, as the service recommends
    /// @return how long to wait until the next one
    Duration pause(Duration hint) {
      return looked ? hint : Collections.max(List.of(hint, first(hint)));
    }

    private Duration first(Duration hint) {
      synchronized (Expectation.this) {
        Duration expected = ended.orElse(running.plus(hint));
        Duration unknown = expected.minus(running);
        if (ended.isPresent() && !tried && unknown.toNanos() > expected.toNanos() / PART) {
          tried = true; // the others look when it surely has ended
          tries = true;
          expected = running.plusNanos(unknown.toNanos() / 2);
        }
        return Collections.min(List.of(expected, LONGEST));
      }
    }

    /// @param elapsed since the operation began
    void goesOn(Duration elapsed) {
      synchronized (Expectation.this) {
        running = Collections.max(List.of(running, elapsed));
        ended = ended.filter(time -> time.compareTo(elapsed) > 0);
        looked();
      }
    }

    /// @param elapsed since the operation began
    void hasEnded(Duration elapsed) {
      synchronized (Expectation.this) {
        ended = Optional.of(ended.filter(time -> time.compareTo(elapsed) < 0).orElse(elapsed));
        Duration known = Collections.min(List.of(running, ended.get()));
        // they may have become shorter, which only a look before that time finds out
        long fading = tries ? ended.get().minus(known).toNanos() : known.toNanos() / FADES;
        running = known.minusNanos(Math.min(fading, known.toNanos()));
        looked();
      }
    }

    private void looked() {
      tried = tried && !tries;
      tries = false;
      looked = true;
    }
  }

  Looks looks() {
    return new Looks();
  }
}
