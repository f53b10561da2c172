package newleaf.desired;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Problem;
import newleaf.Source;

/// Collects what is wrong with one file, up to [#SHOWN] problems: a file that is no desired state
/// at all can have millions.
final class Problems {
  static final int SHOWN = 100;

  /// A line like this is not printed, because its value may be the secret itself.
  private static final Pattern SECRET =
      Pattern.compile("api.?key|passphrase|password|token", Pattern.CASE_INSENSITIVE);

  private record Found(String code, Source where, String what, String fix) {}

  private final SourceText source;
  private final List<Found> found = new ArrayList<>();
  private final Set<Integer> secretLines = new HashSet<>();
  private int repeats;
  private boolean more;

  Problems(SourceText source) {
    this.source = source;
  }

  String file() {
    return source.file();
  }

  /// For reading what nobody will use.
  Problems unheard() {
    return new Problems(source);
  }

  /// @throws NewleafException when that are more than anyone would read
  void add(String code, Source where, String what, String fix) {
    if (found.size() == SHOWN) {
      more = true;
      throw asException();
    }
    found.add(new Found(code, where, what, fix));
  }

  /// Something is unusable because of what was reported before.
  void alreadyReported() {
    repeats++;
  }

  /// The line is never printed.
  void hideLine(int line) {
    secretLines.add(line);
  }

  /// Grows with everything that is wrong; for telling whether a part was read without problems.
  int failures() {
    return found.size() + repeats;
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw asException();
    }
  }

  NewleafException asException() {
    List<Problem> problems = new ArrayList<>(found.stream().map(this::shown).toList());
    problems.sort(
        Comparator.comparingInt((Problem p) -> p.where().line())
            .thenComparingInt(p -> p.where().column())
            .thenComparing(Problem::code));
    if (more) {
      problems.add(
          new Problem(
              Codes.MORE_PROBLEMS,
              problems.getLast().where(),
              "the file has more than " + SHOWN + " problems; reading stopped.",
              "Repair these first.",
              Optional.empty()));
    }
    return new NewleafException(new Failure.InvalidInput(problems));
  }

  private Problem shown(Found f) {
    int line = f.where().line();
    Optional<String> text =
        secretLines.contains(line)
            ? Optional.empty()
            : source.line(line).filter(t -> !SECRET.matcher(t).find());
    return new Problem(f.code(), f.where(), f.what(), f.fix(), text);
  }
}
