package newleaf.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile.Readers;
import newleaf.json.Json;

/// A [Snapshot] on disk: `state.json` of a state folder, or a file that `observe` wrote.
public final class StateFile {
  private static final Pattern VERSION =
      Pattern.compile("\"format_version\"\\s*:\\s*\"(\\d{1,9})\\.(\\d{1,9})\"");
  private static final String MAJOR =
      Snapshot.FORMAT_VERSION.substring(0, Snapshot.FORMAT_VERSION.indexOf('.'));

  static final String OTHER_FORMAT = "NL6101";

  private StateFile() {}

  public static Path in(Path folder) {
    return folder.resolve("state.json");
  }

  /// Empty when there is no such file.
  ///
  /// @throws NewleafException Damaged
  public static Optional<Snapshot> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(file, Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw damaged(file, "can not be read (" + e.getClass().getSimpleName() + ").", e);
    }
  }

  /// Readable for the owner only: it holds no secret, but names all there is.
  public static void write(Path file, Snapshot snapshot) throws IOException {
    AtomicFile.makeFolder(file.toAbsolutePath().getParent(), Readers.EVERYBODY);
    byte[] json = Json.pretty(snapshot).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, json, Readers.OWNER);
  }

  private static Snapshot parse(Path file, String text) {
    String version = version(text);
    if (!version.isEmpty() && !version.startsWith(MAJOR + ".")) {
      throw otherVersion(file, version, null);
    }
    try {
      return Json.read(text, Snapshot.class);
    } catch (IllegalArgumentException e) {
      if (!version.isEmpty() && !version.equals(Snapshot.FORMAT_VERSION)) {
        throw otherVersion(file, version, e);
      }
      throw damaged(file, "is no snapshot: " + e.getMessage() + ".", e);
    }
  }

  private static String version(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? version.group(1) + "." + version.group(2) : "";
  }

  private static NewleafException otherVersion(Path file, String version, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                OTHER_FORMAT,
                file.toString(),
                "has format %s, written by another newleaf; this one reads %s."
                    .formatted(version, Snapshot.FORMAT_VERSION),
                "Use that newleaf, or delete the file: the journal holds what was done, and the"
                    + " next apply writes a new snapshot.")),
        cause);
  }

  private static NewleafException damaged(Path file, String what, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                "NL6102",
                file.toString(),
                what,
                "In a state folder: newleaf state repair puts it aside; the next apply writes a new"
                    + " one. Until then drift checks only what ends.")),
        cause);
  }
}
