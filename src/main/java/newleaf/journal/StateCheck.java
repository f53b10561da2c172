package newleaf.journal;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.observed.JournalPosition;

/// Walks a state and says of each part whether it is as newleaf left it. Writes nothing.
public final class StateCheck {

  /// @param right false when a run would refuse it
  /// @param where document, or document and line
  public record Finding(boolean right, String where, String what) {}

  private final Documents documents;
  private final Document document;
  private final List<Finding> findings = new ArrayList<>();

  private StateCheck(Documents documents) {
    this.documents = documents;
    this.document = documents.of(Journal.NAME);
  }

  public static List<Finding> of(Documents documents, LeaseStore lock, InstantSource clock) {
    StateCheck check = new StateCheck(documents);
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

  private void wrong(String where, NewleafException e) {
    findings.add(new Finding(false, Printable.of(where), e.failure().line()));
  }

  private JournalReading journal() {
    String where = document.where();
    JournalReading journal = JournalReading.of(where, new byte[0]);
    try {
      journal = Journal.read(document);
      archives(journal.head());
    } catch (NewleafException e) {
      wrong(where, e);
    } catch (IOException e) {
      wrong(documents.where(), "can not be read (" + e.getClass().getSimpleName() + ").");
    }
    int torn = journal.size() - journal.end();
    if (journal.problem().isPresent()) {
      wrong(where, journal.problem().get());
    } else if (torn > 0) {
      right(
          where,
          count(journal)
              + ", then %d bytes of a line that was not written to its end; the next"
                  .formatted(torn)
              + " line is written over them.");
    } else {
      right(where, journal.end() == 0 ? "nothing is in it yet." : count(journal) + ".");
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
    List<Archive> archives = Archive.in(documents);
    for (Archive archive : archives) {
      if (archives.stream().noneMatch(archive::isSupersededBy)) {
        archive(archive);
      }
    }
    next.filter(head -> head.before() > 0).ifPresent(head -> continued(archives, head));
  }

  private void archive(Archive archive) throws IOException {
    JournalReading reading = archive.read();
    String where = archive.document().where();
    if (reading.problem().isPresent()) {
      wrong(where, reading.problem().get());
    } else if (reading.position().serial() != archive.to()) {
      wrong(where, "ends at entry " + reading.position().serial() + ".");
    } else {
      right(where, count(reading) + ".");
    }
  }

  /// The journal carries what counts of its archives, so a lost one costs history alone.
  private void continued(List<Archive> archives, Head head) {
    Optional<Archive> before =
        archives.stream().filter(a -> a.to() == head.before()).reduce((_, last) -> last);
    if (before.isEmpty()) {
      right(
          document.where(),
          "entries up to %d were put aside, and are not here any more; nothing needs them."
              .formatted(head.before()));
    } else if (!Journal.read(before.get().document()).digest().equals(head.previous())) {
      wrong(document.where(), "does not go on from " + before.get().document().where() + ".");
    }
  }

  private void snapshot(JournalReading journal) {
    Document file = StateFile.in(documents);
    String where = file.where();
    try {
      Optional<Snapshot> snapshot = StateFile.read(file);
      if (snapshot.isEmpty()) {
        right(where, "there is none yet.");
      } else if (journal.problem().isEmpty()) {
        snapshot(where, snapshot.get(), journal.position());
      } else {
        right(where, "can be read.");
      }
    } catch (NewleafException e) {
      wrong(where, e);
    }
  }

  private void snapshot(String where, Snapshot snapshot, JournalPosition position) {
    if (snapshot.belongsTo(position)) {
      right(
          where,
          "the world at %s, when the journal had %d entries."
              .formatted(
                  snapshot.at().truncatedTo(ChronoUnit.SECONDS), snapshot.journal().serial()));
    } else {
      wrong(document.where(), JournalFailures.cut(document.where(), position, snapshot));
    }
  }

  private void lock(LeaseStore lock, InstantSource clock) {
    try {
      Optional<LeaseRecord.Holder> holder = RunLock.holder(lock, clock);
      right(
          lock.where(),
          holder.map(h -> "is held by " + h.who() + ".").orElse("nobody holds the lock."));
    } catch (NewleafException e) {
      wrong(documents.where(), e);
    }
  }
}
