package newleaf.emulator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A Secret as files, replaced as kubelet does it: the files are links into `..data`, itself a link
/// to a directory with one version of all of them, and moving that one link changes all at once.
record SecretVolume(Path directory) {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  void write(Doc secret) {
    try {
      Files.createDirectories(directory, PRIVATE_DIRECTORY);
      Map<String, String> data = secret.texts("data");
      String version = "..v" + secret.text("metadata", "resourceVersion");
      Path versionDirectory = directory.resolve(version);
      Files.createDirectories(versionDirectory, PRIVATE_DIRECTORY);
      for (Map.Entry<String, String> e : data.entrySet()) {
        Path file = versionDirectory.resolve(e.getKey());
        Files.write(Files.createFile(file, PRIVATE), Base64.getDecoder().decode(e.getValue()));
      }
      Path next =
          Files.createSymbolicLink(
              directory.resolve("..data_tmp"), directory.getFileSystem().getPath(version));
      Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      link(data.keySet());
      for (Path old : children()) {
        String name = old.getFileName().toString();
        if (name.startsWith("..v") && !name.equals(version)) {
          delete(old);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void link(Set<String> names) throws IOException {
    for (String name : names) {
      Path link = directory.resolve(name);
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, directory.getFileSystem().getPath("..data", name));
      }
    }
    for (Path child : children()) {
      String name = child.getFileName().toString();
      if (!name.startsWith("..") && !names.contains(name)) {
        Files.delete(child);
      }
    }
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /// A directory with all in it; links are not followed.
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
