package newleaf.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// Runs what must be written also by a thread that was told to stop: an interrupt closes the file
/// under whoever writes. The interrupt is set again afterwards.
final class Uninterrupted {

  /// Can be done again when it was cut short.
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  static <T> T run(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException _) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
