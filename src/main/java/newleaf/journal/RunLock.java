package newleaf.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// One newleaf at a time acts on a state folder. An operating system lock, so that the kernel frees
/// it when the holder dies, and the holder's description beside it for whoever is refused.
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @param holder who takes it, for people: `apply by ann on build-7, process 4711, since
  ///   2026-...`
  /// @throws NewleafException LockHeld, naming the holder
  public static RunLock take(Path folder, String holder) {
    Path file = folder.resolve("lock");
    Path owner = folder.resolve("lock.holder");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw held(file, Files.exists(owner) ? Files.readString(owner).strip() : "another run");
      }
      write(owner, holder);
      return new RunLock(channel);
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

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false; // another thread of this very process holds it
    }
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

  private static NewleafException held(Path file, String holder) {
    return new NewleafException(
        new Failure.LockHeld(
            new Explanation(
                "NL6001",
                file.toString(),
                "is held by " + holder + "; two runs on the same state would undo each other.",
                "Wait until that run ends; its lock ends with it.")));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      return; // the process is about to end, and the kernel frees the lock then
    }
  }
}
