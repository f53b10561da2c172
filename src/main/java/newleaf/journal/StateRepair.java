package newleaf.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import newleaf.journal.AtomicFile.Readers;
import newleaf.json.Json;

/// Makes a state folder usable again, and more careful than it was. Nothing is deleted: what is
/// replaced stays beside it. May be stopped at any moment and begun again.
public final class StateRepair {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final JournalReading journal;
  private final Optional<Salvage> salvage;
  private final Optional<String> badSnapshot;

  private StateRepair(
      Path folder,
      JournalReading journal,
      Optional<Salvage> salvage,
      Optional<String> badSnapshot) {
    this.folder = folder;
    this.journal = journal;
    this.salvage = salvage;
    this.badSnapshot = badSnapshot;
  }

  /// Looks at what is wrong. Writes nothing.
  ///
  /// @throws NewleafException Damaged when another newleaf wrote it: that is no damage
  public static StateRepair of(Path folder) {
    JournalReading journal = Journal.read(Journal.in(folder));
    journal.problem().filter(StateRepair::isOfAnotherFormat).ifPresent(StateRepair::refuse);
    Optional<Salvage> salvage =
        journal.problem().map(_ -> Salvage.of(journal.counting(), journal.rest()));
    return new StateRepair(folder, journal, salvage, badSnapshot(folder, journal));
  }

  private static Optional<String> badSnapshot(Path folder, JournalReading journal) {
    try {
      return StateFile.read(StateFile.in(folder))
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
              .formatted(Printable.of(Journal.in(folder).toString()), torn()));
    }
    badSnapshot.ifPresent(why ->
        all.add(
            "%s %s; it is put aside, and the next apply writes a new one."
                .formatted(Printable.of(StateFile.in(folder).toString()), why)));
    return all;
  }

  private int torn() {
    return journal.size() - journal.end();
  }

  /// @param fence asked before each change
  /// @return the files that were put aside
  public List<Path> run(Fence fence, Instant now) {
    List<Path> aside = new ArrayList<>();
    try {
      if (salvage.isPresent()) {
        fence.check();
        aside.add(copyOfDamaged(now));
      }
      if (badSnapshot.isPresent()) { // before the journal: it tells that this is still to be done
        fence.check();
        Path to = free("state.damaged-" + NAME.format(now), ".json");
        Files.move(StateFile.in(folder), to, StandardCopyOption.ATOMIC_MOVE);
        aside.add(to);
      }
      fence.check();
      repairJournal();
    } catch (IOException e) {
      throw JournalFailures.unwritable(folder, e);
    }
    return aside;
  }

  private void repairJournal() throws IOException {
    if (salvage.isPresent()) {
      AtomicFile.write(Journal.in(folder), repaired(salvage.get().taken()), Readers.OWNER);
    } else if (torn() > 0) {
      try (FileChannel channel = FileChannel.open(Journal.in(folder), StandardOpenOption.WRITE)) {
        channel.truncate(journal.end());
        channel.force(true);
      }
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
  private Path copyOfDamaged(Instant now) throws IOException {
    byte[] content = Files.readAllBytes(Journal.in(folder));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "journal.damaged-*.jsonl")) {
      for (Path file : files) {
        if (Arrays.equals(Files.readAllBytes(file), content)) {
          return file; // a repair was stopped behind this
        }
      }
    }
    Path copy = free("journal.damaged-" + NAME.format(now), ".jsonl");
    AtomicFile.write(copy, content, Readers.OWNER);
    return copy;
  }

  private Path free(String name, String ending) {
    Path file = folder.resolve(name + ending);
    for (int n = 2; Files.exists(file); n++) {
      file = folder.resolve(name + "-" + n + ending);
    }
    return file;
  }
}
