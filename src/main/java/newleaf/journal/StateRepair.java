package newleaf.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;
import newleaf.json.Json;

/// Makes a state usable again, and more careful than it was. Nothing is deleted: what is replaced
/// stays beside it. May be stopped at any moment and begun again.
public final class StateRepair {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Documents documents;
  private final Document document;
  private final JournalReading journal;
  private final Optional<Salvage> salvage;
  private final Optional<String> badSnapshot;

  private StateRepair(
      Documents documents,
      Document document,
      JournalReading journal,
      Optional<Salvage> salvage,
      Optional<String> badSnapshot) {
    this.documents = documents;
    this.document = document;
    this.journal = journal;
    this.salvage = salvage;
    this.badSnapshot = badSnapshot;
  }

  /// Looks at what is wrong. Writes nothing.
  ///
  /// @throws NewleafException Damaged when another newleaf wrote it: that is no damage
  public static StateRepair of(Documents documents) {
    Document document = documents.of(Journal.NAME);
    JournalReading journal = Journal.read(document);
    journal.problem().filter(StateRepair::isOfAnotherFormat).ifPresent(StateRepair::refuse);
    Optional<Salvage> salvage =
        journal.problem().map(_ -> Salvage.of(journal.counting(), journal.rest()));
    return new StateRepair(documents, document, journal, salvage, badSnapshot(documents, journal));
  }

  private static Optional<String> badSnapshot(Documents documents, JournalReading journal) {
    try {
      return StateFile.read(StateFile.in(documents))
          .filter(snapshot -> !snapshot.belongsTo(journal.position()))
          .map(_ -> "knows more entries, or other ones, than the journal still has");
    } catch (NewleafException e) {
      if (isOfAnotherFormat(e)) {
        throw e;
      }
      return Optional.of("can not be read");
    }
  }

  private static void refuse(NewleafException problem) {
    throw problem;
  }

  private static boolean isOfAnotherFormat(NewleafException e) {
    return e.failure() instanceof Failure.Damaged(var text)
        && (text.code().equals(JournalFailures.OTHER_FORMAT)
            || text.code().equals(StateFile.OTHER_FORMAT));
  }

  /// What is wrong and what would be done, for people; empty when all is well.
  public List<String> findings() {
    List<String> all = new ArrayList<>();
    salvage.ifPresent(s -> {
      all.add(Printable.of(journal.problem().orElseThrow().failure().line()));
      all.add(
          "Kept: the %d entries before that, and of those behind it the %d that make newleaf more"
                  .formatted(journal.counting().size(), s.taken().size())
              + " careful.");
      all.add("Lost: " + s.lost() + ".");
      all.add("Gates that opened since wait anew, and approvals since are asked for again.");
    });
    if (salvage.isEmpty() && torn() > 0) {
      all.add(
          "%s ends with %d bytes of a line that was not written to its end; they are cut off."
              .formatted(Printable.of(document.where()), torn()));
    }
    badSnapshot.ifPresent(why ->
        all.add(
            "%s %s; it is put aside, and the next apply writes a new one."
                .formatted(Printable.of(StateFile.in(documents).where()), why)));
    return all;
  }

  private int torn() {
    return journal.size() - journal.end();
  }

  /// @param fence asked before each change
  /// @return the documents that were put aside
  public List<String> run(Fence fence, Instant now) {
    List<String> aside = new ArrayList<>();
    try {
      if (salvage.isPresent()) {
        fence.check();
        aside.add(aside(document, "journal.damaged-", ".jsonl", now));
      }
      if (badSnapshot.isPresent()) { // before the journal: it tells that this is still to be done
        fence.check();
        Document snapshot = StateFile.in(documents);
        aside.add(aside(snapshot, "state.damaged-", ".json", now));
        snapshot.delete();
      }
      fence.check();
      repairJournal();
    } catch (IOException e) {
      throw JournalFailures.unwritable(documents.where(), e);
    }
    return aside;
  }

  private void repairJournal() throws IOException {
    if (salvage.isPresent()) {
      document.replace(repaired(salvage.get().taken()));
    } else if (torn() > 0) {
      document.replace(journal.whole());
    }
  }

  /// The good lines as they are, then the others anew in the chain, each at the time it was
  /// written.
  private byte[] repaired(List<Line> taken) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(journal.whole());
    if (journal.head().isEmpty()) {
      out.writeBytes(Head.FIRST.sealed().line());
    }
    String previous = journal.digest();
    long serial = journal.position().serial();
    for (Line line : taken) {
      serial++;
      Sealed sealed = Sealed.of(Json.line(new Line(serial, line.at(), previous, line.entry())));
      out.writeBytes(sealed.line());
      previous = sealed.digest();
    }
    return out.toByteArray();
  }

  /// A copy, so that there is a journal at every moment.
  private String aside(Document damaged, String name, String ending, Instant now)
      throws IOException {
    byte[] content = damaged.read().orElse(new byte[0]);
    for (String other : documents.names(name)) {
      Document copy = documents.of(other);
      if (Arrays.equals(copy.read().orElse(new byte[0]), content)) {
        return copy.where(); // a repair was stopped behind this
      }
    }
    Document copy = free(name + stamp(now), ending);
    copy.replace(content);
    return copy.where();
  }

  static String stamp(Instant now) {
    return NAME.format(now);
  }

  private Document free(String name, String ending) throws IOException {
    Document document = documents.of(name + ending);
    for (int n = 2; document.read().isPresent(); n++) {
      document = documents.of(name + "-" + n + ending);
    }
    return document;
  }
}
