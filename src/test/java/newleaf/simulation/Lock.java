package newleaf.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Who may act: a lease with a fencing number, on the virtual clock.
final class Lock {
  static final Duration LEASE = Duration.ofSeconds(60);

  private final World world;
  private long newest;
  private Optional<Life> holder = Optional.empty();
  private Instant until = Instant.MIN;
  private int takeovers;

  Lock(World world) {
    this.world = world;
  }

  long newest() {
    return newest;
  }

  int takeovers() {
    return takeovers;
  }

  /// @return the fencing number
  Optional<Long> take(Life life) {
    if (holder.isPresent() && world.now().isBefore(until)) {
      return Optional.empty();
    }
    if (holder.isPresent()) {
      takeovers++;
    }
    holder = Optional.of(life);
    until = world.now().plus(LEASE);
    newest++;
    world.tell(() -> life + " takes the lock, number " + newest);
    long number = newest;
    beatLater(life, number);
    return Optional.of(number);
  }

  private void beatLater(Life life, long number) {
    world.scheduler.in(
        LEASE.dividedBy(3),
        () -> {
          if (life.isAlive() && number == newest && holder.equals(Optional.of(life))) {
            if (!life.isPaused()) {
              until = world.now().plus(LEASE);
            }
            beatLater(life, number);
          }
        });
  }

  /// @throws NewleafException LockHeld when another one has taken over
  void check(Life life) {
    if (life.number() != newest || !world.now().isBefore(until)) {
      throw new NewleafException(
          new Failure.LockHeld(
              new Explanation("NL6001", "the lock", "was taken over.", "Wait for the other run.")));
    }
  }

  void release(Life life) {
    if (life.number() == newest) {
      holder = Optional.empty();
    }
  }
}
