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
  /// No first look is later for what was seen of others; only the service may recommend more.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /// One look tries an earlier time while more than this part of the time is unknown.
  private static final int PART = 20;

  /// By this part what is known to be too early gets shorter with each operation: they may have
  /// become faster, which only a look before that time finds out.
  private static final int FADING = 1000;

  private Duration running = Duration.ZERO;
  private Optional<Duration> ended = Optional.empty();
  private boolean tried;

  /// The looks at one operation, which has just begun.
  final class Looks implements AutoCloseable {
    private Duration goingOn = Duration.ZERO;
    private boolean looked;
    private boolean tries;

    /// @param hint how long to wait between looks, as the service recommends
    /// @return how long to wait until the next one
    Duration pause(Duration hint) {
      return looked ? hint : Collections.max(List.of(hint, first(hint)));
    }

    private Duration first(Duration hint) {
      synchronized (Expectation.this) {
        Duration expected = ended.orElse(hint);
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
      goingOn = elapsed;
      looked = true;
    }

    /// The service did not say.
    void noAnswer() {
      looked = true;
      close();
    }

    /// @param elapsed since the operation began
    void hasEnded(Duration elapsed) {
      synchronized (Expectation.this) {
        if (ended.isEmpty()) {
          is(goingOn, elapsed);
        } else if (goingOn.compareTo(ended.get()) >= 0) { // longer than those before; how much?
          is(ended.get(), Collections.min(List.of(elapsed, ended.get().plus(ended.get()))));
        } else if (elapsed.compareTo(running) <= 0) { // shorter
          is(goingOn.isZero() ? elapsed.minusNanos(elapsed.toNanos() / 2) : goingOn, elapsed);
        } else {
          is(
              Collections.max(List.of(running, goingOn)),
              Collections.min(List.of(ended.get(), elapsed)));
          fade();
        }
      }
    }

    private void fade() {
      boolean tooLate = tries && goingOn.isZero();
      Duration unknown = ended.map(time -> time.minus(running)).orElse(Duration.ZERO);
      // after a try that was too late the next one goes back by twice as much
      long less = tooLate ? 3 * unknown.toNanos() : running.toNanos() / FADING;
      running = Collections.max(List.of(running.minusNanos(less), Duration.ZERO));
    }

    @Override
    public void close() {
      synchronized (Expectation.this) {
        tried = tried && !tries;
        tries = false;
      }
    }
  }

  private void is(Duration longerThan, Duration atMost) {
    running = longerThan;
    ended = Optional.of(atMost);
  }

  Looks looks() {
    return new Looks();
  }
}
