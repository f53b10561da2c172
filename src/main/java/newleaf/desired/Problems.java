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

/// Collects what is wrong with one file. Beyond [#SHOWN] problems it only counts: a file that is no
/// desired state at all can have millions.
final class Problems {
  static final int SHOWN = 100;

  /// A line like this is not printed, because its value may be the secret itself.
  private static final Pattern SECRET =
      Pattern.compile("api.?key|passphrase|password|token", Pattern.CASE_INSENSITIVE);

  private record Found(String code, Source where, String what, String fix) {}

  private final SourceText source;
  private final List<Found> found = new ArrayList<>();
  private final Set<Integer> secretLines = new HashSet<>();
  private int count;
  private int repeats;

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

  void add(String code, Source where, String what, String fix) {
    count++;
    if (found.size() < SHOWN) {
      found.add(new Found(code, where, what, fix));
    }
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
    return count + repeats;
  }

  void throwIfAny() {
    if (count > 0) {
      throw asException();
    }
  }

  NewleafException asException() {
    List<Problem> problems = new ArrayList<>(found.stream().map(this::shown).toList());
    problems.sort(
        Comparator.comparingInt((Problem p) -> p.where().line())
            .thenComparingInt(p -> p.where().column())
            .thenComparing(Problem::code));
    if (count > found.size()) {
      problems.add(
          new Problem(
              Codes.MORE_PROBLEMS,
              problems.getLast().where(),
              "%,d more problems are not shown.".formatted(count - found.size()),
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
