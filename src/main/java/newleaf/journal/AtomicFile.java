package newleaf.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Replaces a file so that a reader, or the next start after a power cut, finds the old content or
/// the new one and nothing between: a temporary file beside it, fsync, rename, fsync of the folder.
/// A file that is staged but not committed leaves nothing behind when closed.
public final class AtomicFile implements AutoCloseable {

  /// Who may read. The mode is there from the first moment; where the file system has no POSIX
  /// permissions (Windows), the folder's own rules hold instead.
  public enum Readers {
    OWNER("rw-------", "rwx------"),
    EVERYBODY("rw-r--r--", "rwxr-xr-x");

    private final String file;
    private final String folder;

    Readers(String file, String folder) {
      this.file = file;
      this.folder = folder;
    }
  }

  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  private final Path temporary;
  private final Path target;

  private AtomicFile(Path temporary, Path target) {
    this.temporary = temporary;
    this.target = target;
  }

  public static void write(Path target, byte[] content, Readers readers) throws IOException {
    try (AtomicFile file = stage(target, content, readers)) {
      file.commit();
    }
  }

  /// Brings the content to the disk, under a temporary name. The folder must be there.
  public static AtomicFile stage(Path target, byte[] content, Readers readers) throws IOException {
    Path temporary =
        Files.createTempFile(
            folderOf(target),
            "." + target.getFileName() + ".",
            ".tmp",
            attributes(target, readers.file));
    try {
      Uninterrupted.run(() -> fill(temporary, content));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    return new AtomicFile(temporary, target);
  }

  public void commit() throws IOException {
    // by the contract of ATOMIC_MOVE the other option is ignored; jimfs wants it
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folderOf(target));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }

  /// Makes a folder, and those above it, such that a power cut does not lose them.
  public static void makeFolder(Path folder, Readers readers) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folderOf(folder);
    makeFolder(above, readers);
    Files.createDirectories(folder, attributes(folder, readers.folder));
    syncFolder(above);
  }

  private static Path fill(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    return file;
  }

  private static void syncFolder(Path folder) throws IOException {
    Uninterrupted.run(() -> sync(folder));
  }

  private static Path sync(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException _) {
      return folder; // Windows opens no folders, and needs no fsync of them
    }
    try (channel) {
      channel.force(true);
    }
    return folder;
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NO_ATTRIBUTES;
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /// `resolveSibling("")` would lose the folder of a relative path of one name.
  private static Path folderOf(Path file) {
    return file.toAbsolutePath().getParent();
  }
}
