package newleaf;

import java.util.List;

/// Why newleaf could not do what was asked; one exhaustive switch turns it into an exit code.
public sealed interface Failure {

  /// The user's file is wrong; all problems found, not only the first.
  record InvalidInput(List<Problem> problems) implements Failure {
    public InvalidInput {
      problems = List.copyOf(problems);
    }
  }

  /// An option or environment value is wrong or missing.
  record Misconfigured(Explanation text) implements Failure {}

  /// The peer does not know the caller, or does not allow it: API key, RBAC, passphrase.
  record Denied(Explanation text) implements Failure {}

  /// The world moved between plan and apply; planning again is the caller's act.
  record Stale(Explanation text) implements Failure {}

  /// Another newleaf works on the same resources.
  record LockHeld(Explanation text) implements Failure {}

  /// Doing it would break an invariant, or a proof did not hold.
  record Refused(Explanation text) implements Failure {}

  /// A peer failed, or could not be reached.
  record RemoteError(Explanation text) implements Failure {}

  /// A state or journal file can not be used as it is.
  record Damaged(Explanation text) implements Failure {}

  /// A person or the system stopped the run; what was in flight is journalled.
  record Stopped(Explanation text) implements Failure {}

  /// One line (or one line a problem) for a log.
  default String line() {
    return switch (this) {
      case InvalidInput(var problems) ->
          String.join(
              "\n",
              problems.stream().map(p -> p.where() + ": " + p.code() + " " + p.what()).toList());
      case Misconfigured(var text) -> text.toString();
      case Denied(var text) -> text.toString();
      case Stale(var text) -> text.toString();
      case LockHeld(var text) -> text.toString();
      case Refused(var text) -> text.toString();
      case RemoteError(var text) -> text.toString();
      case Damaged(var text) -> text.toString();
      case Stopped(var text) -> text.toString();
    };
  }
}
