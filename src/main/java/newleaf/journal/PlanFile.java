package newleaf.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile.Readers;
import newleaf.json.Json;
import newleaf.plan.Plan;

/// Saved plans: where the user wants them, and in the state folder by their digest, so that a plan
/// that was begun can be gone on with and an expected one can be compared.
public final class PlanFile {
  /// A plan for 10,000 namespaces has about 30 MB.
  private static final int MAX_BYTES = 128 * 1024 * 1024;

  /// The version comes first in every format; a reader of another major stops there.
  private static final Pattern VERSION =
      Pattern.compile("\\A\\s*\\{\\s*\"format_version\"\\s*:\\s*\"([0-9]+)\\.[0-9]+\"");

  private static final Pattern BEGINNING = Pattern.compile("\\A\\s*\\{[^{\\[]*\"digest\"\\s*:");

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private PlanFile() {}

  /// @throws NewleafException Misconfigured when the place can not be written
  public static void write(Path file, Plan plan) {
    try {
      AtomicFile.write(file, Json.pretty(plan).getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);
    } catch (IOException e) {
      throw unwritable(file, "Name a file in a folder that is there.", e);
    }
  }

  /// @throws NewleafException Misconfigured when there is none, Damaged when it is no plan or was
  ///   edited
  public static Plan read(Path file) {
    return parsed(file, text(file));
  }

  /// Empty when it is something else that newleaf writes: only a plan names its digest.
  public static Optional<Plan> readIfPlan(Path file) {
    String text = text(file);
    return BEGINNING.matcher(text).find() ? Optional.of(parsed(file, text)) : Optional.empty();
  }

  private static Plan parsed(Path file, String text) {
    var version = VERSION.matcher(text);
    if (!version.find()) {
      throw damaged(file, "NL6004", "is no saved plan.", "Make one with: newleaf plan --out FILE");
    }
    if (!version.group(1).equals(Plan.FORMAT_VERSION.substring(0, 1))) {
      throw damaged(
          file,
          "NL6005",
          "has format version %s.x, and this newleaf reads %s."
              .formatted(version.group(1), Plan.FORMAT_VERSION),
          "Use the newleaf that made it, or plan again.");
    }
    return checked(file, text);
  }

  private static Plan checked(Path file, String text) {
    Plan plan;
    try {
      plan = Json.readNewer(text, Plan.class);
    } catch (IllegalArgumentException e) {
      throw damaged(
          file,
          "NL6004",
          "is no saved plan: " + e.getMessage() + ".",
          "Plan again with: newleaf plan --out FILE");
    }
    if (!plan.recount().equals(plan.digest())) {
      throw damaged(
          file,
          "NL6006",
          "was edited: its steps do not have the digest it names.",
          "Change the YAML instead, and plan again.");
    }
    return plan;
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw damaged(file, "NL6004", "is larger than any plan.", "Name a saved plan.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw damaged(file, "NL6004", "is no saved plan: it is not UTF-8.", "Name a saved plan.");
    } catch (NoSuchFileException e) {
      throw misconfigured(
          "NL6008", file, "there is no such file.", "Make one with: newleaf plan --out FILE", e);
    } catch (IOException e) {
      throw misconfigured(
          "NL6008",
          file,
          "can not be read (" + e.getClass().getSimpleName() + ").",
          "Make it readable, or name another.",
          e);
    }
  }

  private static NewleafException unwritable(Path file, String next, IOException cause) {
    return misconfigured(
        "NL6007",
        file,
        "can not be written (" + cause.getClass().getSimpleName() + ").",
        next,
        cause);
  }

  private static NewleafException misconfigured(
      String code, Path file, String what, String next, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation(code, file.toString(), what, next)), cause);
  }

  private static NewleafException damaged(Path file, String code, String what, String next) {
    return new NewleafException(
        new Failure.Damaged(new Explanation(code, file.toString(), what, next)));
  }

  /// Keeps a plan in the state folder; one that is kept already stays as it is.
  public static void keep(Path state, Plan plan) {
    Path file = kept(state, plan.digest());
    if (Files.exists(file)) {
      return;
    }
    try {
      AtomicFile.makeFolder(file.getParent(), Readers.EVERYBODY);
    } catch (IOException e) {
      throw unwritable(file, "Make the state folder writable.", e);
    }
    write(file, plan);
  }

  /// The plan of that digest, if it was kept.
  public static Optional<Plan> find(Path state, String digest) {
    return isDigest(digest) && Files.exists(kept(state, digest))
        ? Optional.of(read(kept(state, digest)))
        : Optional.empty();
  }

  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  private static Path kept(Path state, String digest) {
    return state.resolve("plans").resolve(digest.replace("sha256:", "") + ".json");
  }
}
