package newleaf.emulator.cluster;

import java.util.function.BooleanSupplier;

/// Waits for a real server, in short steps and not for ever.
public final class Eventually {
  private static final long LIMIT_NANOS = 15_000_000_000L;

  private Eventually() {}

  public static void holds(String fact, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so within 15 s: " + fact);
      }
      Thread.sleep(5);
    }
  }
}
