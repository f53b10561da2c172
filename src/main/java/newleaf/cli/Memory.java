package newleaf.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.drift.Snapshots;
import newleaf.journal.Document;
import newleaf.journal.Journal;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.observed.Observed;
import newleaf.report.Words;

/// Writes down how the world looks before the first step of a run and at its end. The snapshot
/// before is read at the start, so that one which can not be read stops the run while nothing has
/// been touched.
final class Memory {
  /// Entries of a journal that are put aside together; a rotation has about a hundred.
  private static final int LONG = 2_000;

  private final Terminal terminal;
  private final Desired desired;
  private final Document file;
  private Optional<Snapshot> previous;
  private boolean told;

  private Memory(Terminal terminal, Desired desired, Document file, Optional<Snapshot> previous) {
    this.terminal = terminal;
    this.desired = desired;
    this.file = file;
    this.previous = previous;
  }

  static Memory open(Terminal terminal, Desired desired, State state, Journal journal) {
    Document file = StateFile.in(state.documents());
    Optional<Snapshot> previous = StateFile.read(file);
    previous.ifPresent(journal::mustContain);
    return new Memory(terminal, desired, file, previous);
  }

  /// Shortens a journal that grew long. No run has failed for this.
  static void tidy(Terminal terminal, State state, Journal journal) {
    try {
      long seen =
          StateFile.read(StateFile.in(state.documents()))
              .map(Snapshot::seen)
              .orElse(Long.MAX_VALUE);
      journal.compact(LONG, seen);
    } catch (NewleafException e) {
      terminal.err().println(Words.safe("The journal was not shortened: " + e.getMessage()));
      terminal.err().flush();
    }
  }

  /// What others changed stays remembered as it was before; [#accept] ends that.
  void keep(Observed live, Journal journal) {
    boolean changed = !write(live, journal, _ -> false).earlier().isEmpty();
    if (changed && !told) {
      told = true;
      terminal
          .err()
          .println(
              Words.safe(
                  "Somebody else changed something since newleaf last looked. See: newleaf drift -f "
                      + desired.file()));
      terminal.err().flush();
    }
  }

  /// @param accepted addresses whose changes are taken as they are
  Snapshot accept(Observed live, Journal journal, Predicate<String> accepted) {
    return write(live, journal, accepted);
  }

  private Snapshot write(Observed live, Journal journal, Predicate<String> accepted) {
    Snapshot next = Snapshots.next(desired, previous, live, journal.lines(), accepted);
    try {
      StateFile.write(file, next);
    } catch (IOException | NewleafException e) {
      // the journal is the truth; a run that went well has not failed for this
      terminal
          .err()
          .println(
              Words.safe(
                  "The snapshot could not be written to %s (%s); drift compares with the one"
                          .formatted(file.where(), e.getMessage())
                      + " before."));
      terminal.err().flush();
    }
    previous = Optional.of(next);
    return next;
  }
}
