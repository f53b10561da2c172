package newleaf.real;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for real software, in short steps and not for ever.
public final class Until {
  private static final long STEP_MILLIS = 100;

  private Until() {}

  /// @param why asked for when it takes too long
  public static void holds(
      String fact, Duration limit, Supplier<String> why, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so within " + limit + ": " + fact + "\n" + why.get());
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
