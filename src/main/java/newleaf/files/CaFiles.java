package newleaf.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newleaf.observed.CaRef;

/// Where the files of one CA lie: `<name>-g<generation>.key` and `.crt` in its folder.
record CaFiles(Path folder, String name) {

  static CaFiles of(Path base, CaRef ca) {
    Path alone = base.getFileSystem().getPath(ca.name() + "-g1.key");
    if (ca.name().isBlank() || alone.getNameCount() != 1 || alone.getRoot() != null) {
      throw new IllegalArgumentException("the name of a CA is no file name: " + ca.name());
    }
    return new CaFiles(base.resolve(ca.directory()), ca.name());
  }

  Path key(int generation) {
    return folder.resolve(name + "-g" + generation + ".key");
  }

  Path certificate(int generation) {
    return folder.resolve(name + "-g" + generation + ".crt");
  }

  boolean certified(int generation) {
    return Files.isRegularFile(certificate(generation));
  }

  boolean keyHeld(int generation) {
    return Files.isRegularFile(key(generation));
  }

  /// The generations that have a certificate, oldest first. A key alone is a make that was
  /// interrupted, so there is no such CA yet.
  List<Integer> generations() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "-g([1-9][0-9]{0,8})\\.crt");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> pattern.matcher(f.getFileName().toString()))
          .filter(Matcher::matches)
          .map(m -> Integer.valueOf(m.group(1)))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
