package newleaf.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// One newleaf at a time acts on a state folder. An operating system lock, so that the kernel frees
/// it when the holder dies, and the holder's description beside it for whoever is refused.
public final class RunLock implements AutoCloseable {
  /// What this process holds. Asked before the file is opened: closing any channel of a file frees
  /// every lock that the process has on it (POSIX), so a refused second taker would free the first.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /// Somebody who only looks holds the lock for an instant; see [#holder].
  private static final int TRIES = 5;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// @param holder who takes it, for people: `apply by ann on build-7, process 4711, since
  ///   2026-...`
  /// @throws NewleafException LockHeld, naming the holder
  public static RunLock take(Path folder, String holder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.toRealPath().resolve("lock");
      if (!HELD.add(file)) {
        throw held(file);
      }
      try {
        return new RunLock(file, locked(file, holder));
      } catch (IOException | RuntimeException e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL6003",
                  folder.toString(),
                  "the state folder can not be written (" + e.getMessage() + ").",
                  "Make it writable, or choose another with --state.")),
          e);
    }
  }

  private static FileChannel locked(Path file, String holder) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!taken(channel)) {
        throw held(file);
      }
      write(owner(file), holder);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    for (int left = TRIES; left > 0; left--) {
      synchronized (HELD) {
        if (channel.tryLock() != null) {
          return true;
        }
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // then the tries come at once
    }
  }

  /// Who holds the lock of a state folder now, without taking it or writing anything. Asks for a
  /// shared lock for an instant, since the operating system tells nobody in another way; where it
  /// can not be asked, nobody is named.
  public static Optional<String> holder(Path folder) {
    try {
      Path file = folder.toRealPath().resolve("lock");
      if (HELD.contains(file)) {
        return Optional.of(holderText(file));
      }
      return isFree(file) ? Optional.empty() : Optional.of(holderText(file));
    } catch (IOException _) {
      return Optional.empty(); // no folder, no lock yet, or a file system without locks
    }
  }

  private static boolean isFree(Path file) throws IOException {
    synchronized (HELD) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return lock != null;
      }
    }
  }

  private static Path owner(Path file) {
    return file.resolveSibling("lock.holder");
  }

  private static void write(Path owner, String holder) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            owner,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static NewleafException held(Path file) throws IOException {
    String holder = holderText(file);
    return new NewleafException(
        new Failure.LockHeld(
            new Explanation(
                "NL6001",
                file.toString(),
                "is held by " + holder + "; two runs on the same state would undo each other.",
                "Wait until that run ends; its lock ends with it.")));
  }

  private static String holderText(Path file) throws IOException {
    Path owner = owner(file);
    String text = Files.exists(owner) ? Files.readString(owner).strip() : "";
    return text.isEmpty() ? "another run" : text; // it is written just after the lock is taken
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return; // somebody else in this process may hold it by now
    }
    try {
      channel.close();
      HELD.remove(file);
    } catch (IOException _) {
      return; // the process is about to end, and the kernel frees the lock then
    }
  }
}
