package newleaf.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `lock.7`, locked by the process that took the lock with the fencing number 7, for as long as it
/// lives: the kernel frees it when that ends in whatever way. Called by one thread of the process
/// at a time.
final class Liveness {
  private static final Pattern NAME = Pattern.compile("lock\\.([0-9]{1,18})");

  /// What this process holds. Asked before a file is opened: closing any channel of a file frees
  /// every lock that the process has on it (POSIX), so looking at our own would end it.
  private static final Map<Path, FileChannel> HELD = new HashMap<>();

  private Liveness() {}

  private static Path file(Path folder, long fencing) {
    return folder.resolve("lock." + fencing);
  }

  static void begin(Path folder, long fencing) throws IOException {
    Path file = file(folder, fencing);
    end(folder, fencing); // of a taking that could not be written
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(file + " is locked by another process");
    }
    HELD.put(file, channel);
  }

  static void end(Path folder, long fencing) throws IOException {
    FileChannel channel = HELD.remove(file(folder, fencing));
    if (channel != null) {
      channel.close();
      Files.deleteIfExists(file(folder, fencing));
    }
  }

  static boolean ended(Path folder, long fencing) throws IOException {
    Path file = file(folder, fencing);
    if (HELD.containsKey(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock != null;
    } catch (NoSuchFileException _) {
      return false; // somebody removed it, and with it the answer
    }
  }

  /// Deletes the files of holders before.
  static void forget(Path folder, long fencing) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "lock.*")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Long.parseLong(name.group(1)) < fencing) {
          delete(file);
        }
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      return; // Windows deletes nothing that is open; the next taker does
    }
  }
}
