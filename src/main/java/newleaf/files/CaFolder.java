package newleaf.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.apply.CaStore;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;

/// A folder of its owner: keys 0600, certificates for everybody.
public record CaFolder(Path folder) implements CaStore {
  private static final String KEY = ".key";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  @Override
  public String where(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  @Override
  public boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      if (name.endsWith(KEY)) {
        refuseOpenToOthers(file);
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static void refuseOpenToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows: the folder's access list decides
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw Complaint.openToOthers(file.toString(), PosixFilePermissions.toString(permissions));
    }
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    AtomicFile.makeFolder(folder, Readers.OWNER);
    Readers readers = name.endsWith(KEY) ? Readers.OWNER : Readers.EVERYBODY;
    AtomicFile.write(folder.resolve(name), content, readers);
  }
}
