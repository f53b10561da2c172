package newleaf.cli;

import java.time.Duration;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.RunLock;

/// Prolongs the lease of a run while it waits or works. A renewal that fails is no loss while the
/// lease runs; whether the run may still act is asked before each act anyway.
final class Heartbeat implements AutoCloseable {
  static final Duration EVERY = RunLock.LEASE.dividedBy(4);

  private final Thread thread;

  private Heartbeat(Thread thread) {
    this.thread = thread;
  }

  static Heartbeat of(RunLock lock, Duration every) {
    return new Heartbeat(
        Thread.ofPlatform().daemon().name("newleaf-lease").start(() -> beat(lock, every)));
  }

  private static void beat(RunLock lock, Duration every) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(every);
        if (!renewed(lock)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      return; // closed
    }
  }

  /// @return false when the lock is with somebody else
  private static boolean renewed(RunLock lock) {
    try {
      lock.renew();
      return true;
    } catch (NewleafException e) {
      return !(e.failure() instanceof Failure.LockHeld);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true; // it ends with its renewal at the latest
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
