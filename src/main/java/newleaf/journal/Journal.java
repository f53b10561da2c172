package newleaf.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.json.Json;
import newleaf.observed.JournalPosition;
import newleaf.observed.Recorded;

/// `journal.jsonl`: one JSON line an entry, appended for good before what it announces, each
/// carrying the SHA-256 of itself and of the line before. A torn last line (the machine stopped
/// while it was written) is cut off; anything else that does not fit is refused with the line.
public final class Journal {
  public static final String NAME = "journal.jsonl";

  private final Documents documents;
  private final InstantSource clock;
  private final Fence fence;
  private final Document document;
  private final List<Line> lines;
  private final Map<Fingerprint, Entry.CaKept> kept = new HashMap<>();
  private Optional<String> lineage;
  private String lastDigest;
  private long serial;
  private long from;
  private boolean begun;

  private Journal(Documents documents, Document document, InstantSource clock, Fence fence) {
    JournalReading reading = whole(document);
    this.documents = documents;
    this.document = document;
    this.clock = clock;
    this.fence = fence;
    this.lines = reading.counting();
    this.lines.forEach(line -> keep(line.entry()));
    this.lineage = reading.position().lineage();
    this.lastDigest = reading.digest();
    this.serial = reading.position().serial();
    this.from = reading.head().map(Head::before).orElse(0L) + 1;
    this.begun = reading.end() > 0;
  }

  /// Of a state folder.
  ///
  /// @throws NewleafException Damaged
  public static Journal open(Path folder, InstantSource clock) {
    return open(new FolderDocuments(folder), clock, Fence.NONE);
  }

  /// Of a state folder, for a run that writes.
  ///
  /// @throws NewleafException Damaged
  public static Journal open(Path folder, InstantSource clock, Fence fence) {
    return open(new FolderDocuments(folder), clock, fence);
  }

  /// Reads the journal of a state; an empty one where there is none yet. Writes nothing.
  ///
  /// @throws NewleafException Damaged
  public static Journal open(Documents documents, InstantSource clock) {
    return open(documents, clock, Fence.NONE);
  }

  /// For a run that writes.
  ///
  /// @param fence asked before each line
  /// @throws NewleafException Damaged
  public static Journal open(Documents documents, InstantSource clock, Fence fence) {
    return new Journal(documents, documents.of(NAME), clock, fence);
  }

  /// The lines of any journal file, also of one that the journal went on from.
  ///
  /// @throws NewleafException Damaged
  public static List<Line> lines(Path file) {
    return whole(new FileDocument(file)).counting();
  }

  private static JournalReading whole(Document document) {
    JournalReading reading = read(document);
    reading
        .problem()
        .ifPresent(problem -> {
          throw problem;
        });
    return reading;
  }

  static JournalReading read(Document document) {
    try {
      return JournalReading.of(document.where(), document.read().orElse(new byte[0]));
    } catch (IOException e) {
      throw JournalFailures.unreadable(document.where(), e);
    }
  }

  /// There for good when this returns.
  ///
  /// @throws NewleafException LockHeld when this run may not act any more; Damaged when the line
  ///   can not be written, and then it is as if it never had been
  public synchronized void append(Entry entry) {
    fence.check();
    Line line = new Line(serial + 1, clock.instant(), lastDigest, entry);
    Sealed sealed = Sealed.of(Json.line(line));
    try {
      document.append(begun ? sealed.line() : withHead(sealed));
    } catch (IOException e) {
      throw JournalFailures.unwritable(document.where(), e);
    }
    begun = true;
    lines.add(line);
    keep(entry);
    serial = line.seq();
    lastDigest = sealed.digest();
    lineage = lineage.or(() -> Optional.of(lastDigest));
  }

  private static byte[] withHead(Sealed first) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Head.FIRST.sealed().line());
    both.writeBytes(first.line());
    return both.toByteArray();
  }

  private void keep(Entry entry) {
    if (entry instanceof Entry.CaKept ca) {
      kept.putIfAbsent(ca.fingerprint(), ca);
    }
  }

  /// The CA that newleaf did not make, as it was before it was removed.
  public synchronized Optional<Entry.CaKept> kept(Fingerprint ca) {
    return Optional.ofNullable(kept.get(ca));
  }

  public synchronized List<Entry> entries() {
    return lines.stream().map(Line::entry).toList();
  }

  /// Of a journal that was compacted, those that still count.
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /// Steps that were begun and not ended, oldest first: the runs that did them were stopped.
  public synchronized List<Entry.Begun> unfinished() {
    return List.copyOf(Folding.unfinished(lines));
  }

  /// What planning needs to know of earlier runs.
  public synchronized Recorded recorded() {
    return Folding.recorded(lines, position());
  }

  public synchronized JournalPosition position() {
    return new JournalPosition(lineage, serial);
  }

  /// Refuses to go on from less than there was.
  ///
  /// @throws NewleafException Damaged
  public void mustContain(Snapshot snapshot) {
    if (!snapshot.belongsTo(position())) {
      throw JournalFailures.cut(document.where(), position(), snapshot);
    }
  }

  /// Goes on in a new file when that drops more than so many lines and nothing is unfinished; the
  /// old file stays beside it. A crash leaves the old file or the new one in its place.
  ///
  /// @param seen up to which line everybody has seen what happened; see [Snapshot#seen]
  /// @return whether it was done
  public synchronized boolean compact(int moreThan, long seen) {
    List<Line> kept = StillCounting.of(lines, seen);
    if (lines.size() - kept.size() <= moreThan || !unfinished().isEmpty()) {
      return false;
    }
    fence.check();
    Sealed head = new Head(Head.FORMAT_VERSION, lineage, serial, lastDigest, kept).sealed();
    try {
      Uninterrupted.run(() -> replace(head));
    } catch (IOException e) {
      throw JournalFailures.unwritable(document.where(), e);
    }
    lines.clear();
    lines.addAll(kept);
    lastDigest = head.digest();
    from = serial + 1;
    return true;
  }

  private Archive replace(Sealed head) throws IOException {
    Archive archive = new Archive(documents, from, serial);
    JournalReading there = whole(document);
    if (there.digest().equals(head.digest())) {
      return archive; // an interrupt came just behind
    }
    if (!there.digest().equals(lastDigest)) {
      throw JournalFailures.changed(document.where());
    }
    archive.write(there.whole());
    document.replace(head.line());
    archive.deleteSuperseded(there.whole());
    return archive;
  }
}
