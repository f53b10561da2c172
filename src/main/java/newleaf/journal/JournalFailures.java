package newleaf.journal;

import java.io.IOException;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.observed.JournalPosition;

/// What is said when a journal can not be read or written.
public final class JournalFailures {
  static final String CHECK = "See what is left of it: newleaf state check";

  static final String OTHER_FORMAT = "NL6103";

  private JournalFailures() {}

  static NewleafException damaged(String where, String what) {
    return failure("NL6002", where, what, CHECK + " ; then: newleaf state repair", null);
  }

  static NewleafException otherFormat(String where, Exception cause) {
    return failure(
        OTHER_FORMAT,
        where,
        "was written by another newleaf, in a format that this one does not know; it reads %s."
            .formatted(Head.FORMAT_VERSION),
        "Use that newleaf.",
        cause);
  }

  static NewleafException unreadable(String where, IOException cause) {
    return failure("NL6002", where, "can not be read (" + why(cause) + ").", CHECK, cause);
  }

  static NewleafException unwritable(String where, IOException cause) {
    return failure(
        "NL6010",
        where,
        "can not be written (" + why(cause) + "), and nothing is done without it.",
        "Make room on the disk, and the folder writable; then run the same again.",
        cause);
  }

  /// A line is to be added where somebody else wrote.
  public static NewleafException changed(String where) {
    return failure(
        "NL6014",
        where,
        "was changed by somebody else while this run went on, so this run does nothing more.",
        CHECK,
        null);
  }

  static NewleafException cut(String where, JournalPosition now, Snapshot snapshot) {
    return failure(
        "NL6104",
        where,
        now.serial() < snapshot.journal().serial()
            ? "was cut or replaced: it has %d entries, and had %d when state.json was written."
                .formatted(now.serial(), snapshot.journal().serial())
            : "was replaced: it is another one than when state.json was written.",
        "Restore it; if it is lost for good: newleaf state repair",
        null);
  }

  private static String why(IOException cause) {
    String message = cause.getMessage();
    return Printable.of(cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }

  private static NewleafException failure(
      String code, String where, String what, String next, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(new Explanation(code, where, what, next)), cause);
  }
}
