package newleaf.cli;

import java.time.Duration;

/// Does something again and again until it is closed.
final class Ticker implements AutoCloseable {
  private final Thread thread;

  private Ticker(Thread thread) {
    this.thread = thread;
  }

  static Ticker every(Duration pause, Runnable work) {
    return new Ticker(
        Thread.ofPlatform().daemon().name("newleaf-ticker").start(() -> loop(pause, work)));
  }

  private static void loop(Duration pause, Runnable work) {
    try {
      while (true) {
        Thread.sleep(pause);
        work.run();
      }
    } catch (InterruptedException _) {
      return; // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
