package newleaf.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.json.Json;

/// A [Snapshot] that is kept: `state.json` of a state, or a file that `observe` wrote.
public final class StateFile {
  private static final Pattern VERSION =
      Pattern.compile("\"format_version\"\\s*:\\s*\"(\\d{1,9})\\.(\\d{1,9})\"");
  private static final String MAJOR =
      Snapshot.FORMAT_VERSION.substring(0, Snapshot.FORMAT_VERSION.indexOf('.'));

  static final String OTHER_FORMAT = "NL6101";

  private StateFile() {}

  public static Document in(Documents documents) {
    return documents.of("state.json");
  }

  /// Empty when there is none.
  ///
  /// @throws NewleafException Damaged
  public static Optional<Snapshot> read(Document document) {
    try {
      return document
          .read()
          .map(json -> parse(document.where(), new String(json, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw damaged(document.where(), "can not be read (" + e.getClass().getSimpleName() + ").", e);
    }
  }

  public static void write(Document document, Snapshot snapshot) throws IOException {
    document.replace(Json.pretty(snapshot).getBytes(StandardCharsets.UTF_8));
  }

  /// The same of a file anywhere.
  public static Optional<Snapshot> read(Path file) {
    return read(new FileDocument(file));
  }

  public static void write(Path file, Snapshot snapshot) throws IOException {
    write(new FileDocument(file), snapshot);
  }

  private static Snapshot parse(String where, String text) {
    String version = version(text);
    if (!version.isEmpty() && !version.startsWith(MAJOR + ".")) {
      throw otherVersion(where, version, null);
    }
    try {
      return Json.readEarlier(text, Snapshot.class);
    } catch (IllegalArgumentException e) {
      if (!version.isEmpty() && !version.equals(Snapshot.FORMAT_VERSION)) {
        throw otherVersion(where, version, e);
      }
      throw damaged(where, "is no snapshot: " + e.getMessage() + ".", e);
    }
  }

  private static String version(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find() ? version.group(1) + "." + version.group(2) : "";
  }

  private static NewleafException otherVersion(String where, String version, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                OTHER_FORMAT,
                where,
                "has format %s, written by another newleaf; this one reads %s."
                    .formatted(version, Snapshot.FORMAT_VERSION),
                "Use that newleaf, or delete the file: the journal holds what was done, and the"
                    + " next apply writes a new snapshot.")),
        cause);
  }

  private static NewleafException damaged(String where, String what, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                "NL6102",
                where,
                what,
                "In a state folder: newleaf state repair puts it aside; the next apply writes a new"
                    + " one. Until then drift checks only what ends.")),
        cause);
  }
}
