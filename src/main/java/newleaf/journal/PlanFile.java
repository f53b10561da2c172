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

/// Saved plans: where the user wants them, and in the state by their digest, so that a plan that
/// was begun can be gone on with and an expected one can be compared.
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
      throw unwritable(file.toString(), "Name a file in a folder that is there.", e);
    }
  }

  /// @throws NewleafException Misconfigured when there is none, Damaged when it is no plan or was
  ///   edited
  public static Plan read(Path file) {
    return parsed(file.toString(), text(file));
  }

  /// Empty when it is something else that newleaf writes: only a plan names its digest.
  public static Optional<Plan> readIfPlan(Path file) {
    String text = text(file);
    return BEGINNING.matcher(text).find()
        ? Optional.of(parsed(file.toString(), text))
        : Optional.empty();
  }

  private static Plan parsed(String where, String text) {
    var version = VERSION.matcher(text);
    if (!version.find()) {
      throw damaged(where, "NL6004", "is no saved plan.", "Make one with: newleaf plan --out FILE");
    }
    if (!version.group(1).equals(Plan.FORMAT_VERSION.substring(0, 1))) {
      throw damaged(
          where,
          "NL6005",
          "has format version %s.x, and this newleaf reads %s."
              .formatted(version.group(1), Plan.FORMAT_VERSION),
          "Use the newleaf that made it, or plan again.");
    }
    return checked(where, text);
  }

  private static Plan checked(String where, String text) {
    Plan plan;
    try {
      plan = Json.readAnyMinor(text, Plan.class);
    } catch (IllegalArgumentException e) {
      throw damaged(
          where,
          "NL6004",
          "is no saved plan: " + e.getMessage() + ".",
          "Plan again with: newleaf plan --out FILE");
    }
    if (!plan.recount().equals(plan.digest())) {
      throw damaged(
          where,
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
        throw damaged(file.toString(), "NL6004", "is larger than any plan.", "Name a saved plan.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw damaged(
          file.toString(), "NL6004", "is no saved plan: it is not UTF-8.", "Name a saved plan.");
    } catch (NoSuchFileException e) {
      throw misconfigured(
          "NL6008",
          file.toString(),
          "there is no such file.",
          "Make one with: newleaf plan --out FILE",
          e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static NewleafException unreadable(String where, IOException cause) {
    return misconfigured(
        "NL6008",
        where,
        "can not be read (" + cause.getClass().getSimpleName() + ").",
        "Make it readable, or name another.",
        cause);
  }

  private static NewleafException unwritable(String where, String next, IOException cause) {
    return misconfigured(
        "NL6007",
        where,
        "can not be written (" + cause.getClass().getSimpleName() + ").",
        next,
        cause);
  }

  private static NewleafException misconfigured(
      String code, String where, String what, String next, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation(code, where, what, next)), cause);
  }

  private static NewleafException damaged(String where, String code, String what, String next) {
    return new NewleafException(new Failure.Damaged(new Explanation(code, where, what, next)));
  }

  /// Keeps a plan in the state; one that is kept already stays as it is.
  public static void keep(Documents state, Plan plan) {
    Document kept = kept(state, plan.digest());
    try {
      if (kept.read().isEmpty()) {
        kept.replace(Json.pretty(plan).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw unwritable(kept.where(), "Make the state folder writable.", e);
    }
  }

  /// The plan of that digest, if it was kept.
  public static Optional<Plan> find(Documents state, String digest) {
    if (!isDigest(digest)) {
      return Optional.empty();
    }
    Document kept = kept(state, digest);
    try {
      return kept.read()
          .map(json -> parsed(kept.where(), new String(json, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw unreadable(kept.where(), e);
    }
  }

  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  private static Document kept(Documents state, String digest) {
    return state.of("plans/" + digest.replace("sha256:", "") + ".json");
  }
}
