package newleaf.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.observed.JournalPosition;

/// Walks a state folder and says of each part whether it is as newleaf left it. Writes nothing.
public final class StateCheck {

  /// @param right false when a run would refuse it
  /// @param where file, or file and line
  public record Finding(boolean right, String where, String what) {}

  private final Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private StateCheck(Path folder) {
    this.folder = folder;
  }

  public static List<Finding> of(Path folder, LeaseStore lock, InstantSource clock) {
    StateCheck check = new StateCheck(folder);
    JournalReading journal = check.journal();
    check.snapshot(journal);
    check.lock(lock, clock);
    return List.copyOf(check.findings);
  }

  private void right(String where, String what) {
    findings.add(new Finding(true, Printable.of(where), Printable.of(what)));
  }

  private void wrong(String where, String what) {
    findings.add(new Finding(false, Printable.of(where), Printable.of(what)));
  }

  private void wrong(Path file, NewleafException e) {
    findings.add(new Finding(false, file.toString(), e.failure().line()));
  }

  private JournalReading journal() {
    Path file = Journal.in(folder);
    JournalReading journal = JournalReading.of(file, new byte[0]);
    try {
      journal = Journal.read(file);
      archives(journal.head());
    } catch (NewleafException e) {
      wrong(file, e);
    } catch (IOException e) {
      wrong(folder.toString(), "can not be read (" + e.getClass().getSimpleName() + ").");
    }
    int torn = journal.size() - journal.end();
    if (journal.problem().isPresent()) {
      wrong(file, journal.problem().get());
    } else if (torn > 0) {
      right(
          file.toString(),
          count(journal)
              + ", then %d bytes of a line that was not written to its end; the next"
                  .formatted(torn)
              + " line is written over them.");
    } else {
      right(file.toString(), journal.end() == 0 ? "nothing is in it yet." : count(journal) + ".");
    }
    return journal;
  }

  private static String count(JournalReading journal) {
    List<Line> lines = journal.lines();
    return lines.isEmpty()
        ? "goes on behind entry %d, with no entry yet".formatted(journal.position().serial())
        : "entries %d to %d, each follows from the one before"
            .formatted(lines.getFirst().seq(), lines.getLast().seq());
  }

  private void archives(Optional<Head> next) throws IOException {
    List<Archive> archives = Archive.in(folder);
    for (Archive archive : archives) {
      if (archives.stream().noneMatch(archive::isSupersededBy)) {
        archive(archive);
      }
    }
    next.filter(head -> head.before() > 0).ifPresent(head -> continued(archives, head));
  }

  private void archive(Archive archive) throws IOException {
    JournalReading reading = archive.read();
    if (reading.problem().isPresent()) {
      wrong(archive.file(), reading.problem().get());
    } else if (reading.position().serial() != archive.to()) {
      wrong(archive.file().toString(), "ends at entry " + reading.position().serial() + ".");
    } else {
      right(archive.file().toString(), count(reading) + ".");
    }
  }

  /// The journal carries what counts of its archives, so a lost one costs history alone.
  private void continued(List<Archive> archives, Head head) {
    Optional<Archive> before =
        archives.stream().filter(a -> a.to() == head.before()).reduce((_, last) -> last);
    if (before.isEmpty()) {
      right(
          Journal.in(folder).toString(),
          "entries up to %d were put aside, and are not here any more; nothing needs them."
              .formatted(head.before()));
    } else if (!Journal.read(before.get().file()).digest().equals(head.previous())) {
      wrong(Journal.in(folder).toString(), "does not go on from " + before.get().file() + ".");
    }
  }

  private void snapshot(JournalReading journal) {
    Path file = StateFile.in(folder);
    try {
      Optional<Snapshot> snapshot = StateFile.read(file);
      if (snapshot.isEmpty()) {
        right(file.toString(), "there is none yet.");
      } else if (journal.problem().isEmpty()) {
        snapshot(file, snapshot.get(), journal.position());
      } else {
        right(file.toString(), "can be read.");
      }
    } catch (NewleafException e) {
      wrong(file, e);
    }
  }

  private void snapshot(Path file, Snapshot snapshot, JournalPosition position) {
    if (snapshot.belongsTo(position)) {
      right(
          file.toString(),
          "the world at %s, when the journal had %d entries."
              .formatted(
                  snapshot.at().truncatedTo(ChronoUnit.SECONDS), snapshot.journal().serial()));
    } else {
      wrong(Journal.in(folder), JournalFailures.cut(Journal.in(folder), position, snapshot));
    }
  }

  private void lock(LeaseStore lock, InstantSource clock) {
    try {
      Optional<LeaseRecord.Holder> holder = RunLock.holder(lock, clock);
      right(
          lock.where(),
          holder.map(h -> "is held by " + h.who() + ".").orElse("nobody holds the lock."));
    } catch (NewleafException e) {
      wrong(folder, e);
    }
  }
}
