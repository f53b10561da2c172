package newleaf.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// A token bucket for all requests of a run: so many per second, and a second's worth at once. The
/// Cloud Ops API takes 40 per second of one user, 80 of a service account and 160 of an account
/// (documented limits), counted over all who use the identity.
public final class RequestRate {
  /// Leaves a user's other tools some room.
  public static final int DEFAULT_PER_SECOND = 30;

  /// Nobody legitimately waits longer, so a clock that jumped back is the cause.
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration BURST = Duration.ofSeconds(1);

  private final Duration interval;
  private Instant next = Instant.MIN;
  private Instant held = Instant.MIN;

  /// @param perSecond at least 1
  public RequestRate(int perSecond) {
    // Duration divides with BigDecimal, whose class takes 20 ms of a start to initialize
    this.interval = Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /// Takes a place in the row.
  ///
  /// @return how long to wait before the request; zero while there is room
  synchronized Duration reserve(Instant now) {
    Instant earliest = now.minus(BURST).plus(interval);
    if (next.isBefore(earliest) || next.isAfter(now.plus(LONGEST))) {
      next = earliest;
    }
    Instant mine = next;
    next = next.plus(interval);
    Instant start = held.isAfter(mine) && held.isBefore(now.plus(LONGEST)) ? held : mine;
    return start.isAfter(now) ? Duration.between(now, start) : Duration.ZERO;
  }

  /// The service asked everybody to wait.
  synchronized void hold(Instant until) {
    held = until.isAfter(held) ? until : held;
  }
}
