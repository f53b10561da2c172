package newleaf.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;

/// Writes files that must not be there yet.
final class NewFiles {
  private NewFiles() {}

  static void refuseExisting(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw thereAlready(path);
    }
  }

  static void write(Path path, byte[] content) {
    makeFolder(path.toAbsolutePath().getParent());
    try {
      Files.createFile(path); // takes the name, so that what is replaced next is our own
      AtomicFile.write(path, content, Readers.EVERYBODY);
    } catch (FileAlreadyExistsException _) {
      throw thereAlready(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static void makeFolder(Path folder) {
    try {
      AtomicFile.makeFolder(folder, Readers.EVERYBODY);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /// The same, but a file that holds just that already is left alone.
  static void writeUnlessEqual(Path path, byte[] content) {
    if (!holds(path, content)) {
      write(path, content);
    }
  }

  private static boolean holds(Path path, byte[] content) {
    try {
      return Files.isRegularFile(path)
          && Files.size(path) == content.length
          && Arrays.equals(Files.readAllBytes(path), content);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static NewleafException thereAlready(Path path) {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL7020",
                path.toString(),
                "is there already, and newleaf overwrites nothing.",
                "Move it away, or name a file in another folder with -f.")));
  }

  private static NewleafException unwritable(Path path, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL7021",
                path.toString(),
                "can not be written (" + cause.getClass().getSimpleName() + ").",
                "Make the folder writable, or name another file with -f.")),
        cause);
  }
}
