package newleaf.cli;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.Problem;
import newleaf.report.Words;

/// A failure as a person reads it: problems of a file with the line and a caret, everything else as
/// one sentence and the next thing to do. Then where to read more.
final class FailureText {
  private FailureText() {}

  static String of(Failure failure) {
    return switch (failure) {
      case Failure.InvalidInput(var problems) -> {
        StringBuilder out = new StringBuilder();
        problems.forEach(p -> problem(out, p));
        out.append(Words.count(problems.size(), "problem")).append(". Nothing was changed.\n");
        yield out.append(more(problems.getFirst().code())).toString();
      }
      case Failure.Misconfigured(var text) -> sentence(text);
      case Failure.Denied(var text) -> sentence(text);
      case Failure.Stale(var text) -> sentence(text);
      case Failure.LockHeld(var text) -> sentence(text);
      case Failure.Refused(var text) -> sentence(text);
      case Failure.RemoteError(var text) -> sentence(text);
      case Failure.Damaged(var text) -> sentence(text);
      case Failure.Stopped(var text) -> sentence(text);
    };
  }

  /// Something that is allowed and perhaps not meant.
  static String hint(Problem hint) {
    return "%s: %s hint: %s%n  %s%n"
        .formatted(hint.where(), hint.code(), Words.safe(hint.what()), Words.safe(hint.fix()));
  }

  private static String sentence(Explanation text) {
    return Words.safe(text.toString()) + "\n" + more(text.code());
  }

  private static String more(String code) {
    return "More: newleaf explain " + code + "\n";
  }

  private static void problem(StringBuilder out, Problem p) {
    out.append("%s: %s %s%n".formatted(p.where(), p.code(), Words.safe(p.what())));
    String number = String.valueOf(p.where().line());
    p.sourceLine()
        .ifPresent(line ->
            out.append("  %s | %s%n".formatted(number, Words.safe(line)))
                .append(
                    "  %s | %s^%n"
                        .formatted(
                            " ".repeat(number.length()),
                            " ".repeat(Math.max(0, p.where().column() - 1)))));
    out.append("  %s%n".formatted(Words.safe(p.fix())));
  }
}
