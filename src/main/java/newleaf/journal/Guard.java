package newleaf.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// An operating system lock for the length of one compare-and-set. To be asked for by one thread of
/// the process at a time.
record Guard(FileChannel channel) implements AutoCloseable {
  private static final int TRIES = 250;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  static Guard take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int left = TRIES; left > 0; left--) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return new Guard(channel);
        }
        pause();
      }
      throw new IOException(file + " is kept locked by another process");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // then the tries come at once
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
