package newleaf.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.AtomicFile.Readers;
import newleaf.json.Json;
import newleaf.observed.JournalPosition;
import newleaf.observed.ObservedCa;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;
import newleaf.plan.Action;
import newleaf.plan.Step;

/// `journal.jsonl`: one JSON line an entry, appended and fsynced before what it announces, each
/// carrying the SHA-256 of the line before. A torn last line (the machine stopped while it was
/// written) is cut off; anything else that does not fit is refused with the line.
public final class Journal {
  private static final String FIRST = "0".repeat(64);

  private final Path file;
  private final InstantSource clock;
  private final List<Line> lines;
  private Optional<String> lineage;
  private String lastDigest;

  private Journal(
      Path file,
      InstantSource clock,
      List<Line> lines,
      Optional<String> lineage,
      String lastDigest) {
    this.file = file;
    this.clock = clock;
    this.lines = lines;
    this.lineage = lineage;
    this.lastDigest = lastDigest;
  }

  /// Reads the journal of a state folder; an empty one where there is none yet. Writes nothing.
  ///
  /// @throws NewleafException Damaged
  public static Journal open(Path folder, InstantSource clock) {
    Path file = folder.resolve("journal.jsonl");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return read(file, clock, complete(bytes));
    } catch (IOException e) {
      throw damaged(file.toString(), "can not be read: " + e.getMessage() + ".", e);
    }
  }

  private static Journal read(Path file, InstantSource clock, String complete) {
    List<Line> lines = new ArrayList<>();
    Optional<String> lineage = Optional.empty();
    String digest = FIRST;
    for (String json : complete.isEmpty() ? List.<String>of() : List.of(complete.split("\n", -1))) {
      String where = file + ":" + (lines.size() + 1);
      Line line = parse(where, json);
      if (line.seq() != lines.size() + 1 || !line.previous().equals(digest)) {
        throw damaged(where, "does not follow from the line before; the file was edited.", null);
      }
      lines.add(line);
      digest = sha256(json);
      lineage = lineage.or(ofFirst(digest));
    }
    return new Journal(file, clock, lines, lineage, digest);
  }

  /// The text of the lines that were written to their end. A torn line may end inside a character,
  /// so it is cut off before decoding.
  private static String complete(byte[] bytes) throws CharacterCodingException {
    int end = Math.max(0, endOfLastLine(bytes) - 1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
  }

  private static Line parse(String where, String json) {
    try {
      return Json.read(json, Line.class);
    } catch (IllegalArgumentException e) {
      throw damaged(where, "is no journal line: " + e.getMessage() + ".", e);
    }
  }

  private static NewleafException damaged(String where, String what, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                "NL6002",
                where,
                what,
                "Restore the file from a backup, or move it away: newleaf then goes by what it"
                    + " observes.")),
        cause);
  }

  /// On disk, and fsynced, when this returns.
  public synchronized void append(Entry entry) {
    Line line = new Line(lines.size() + 1L, clock.instant(), lastDigest, entry);
    String json = Json.line(line);
    try {
      if (!Files.exists(file)) {
        AtomicFile.makeFolder(file.getParent(), Readers.EVERYBODY);
        AtomicFile.write(file, new byte[0], Readers.OWNER);
      }
      write(json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
    lines.add(line);
    lastDigest = sha256(json);
    lineage = lineage.or(ofFirst(lastDigest));
  }

  private static Supplier<Optional<String>> ofFirst(String digest) {
    return () -> Optional.of(digest);
  }

  private void write(String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.position(endOfLastLine(Files.readAllBytes(file))); // a torn tail is written over
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(channel.position());
      channel.force(true);
    }
  }

  private static int endOfLastLine(byte[] all) {
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  public synchronized List<Entry> entries() {
    return lines.stream().map(Line::entry).toList();
  }

  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /// Steps that were begun and not ended, oldest first: the runs that did them were stopped.
  public synchronized List<Entry.Begun> unfinished() {
    Map<String, Entry.Begun> open = new LinkedHashMap<>();
    for (Line line : lines) {
      switch (line.entry()) {
        case Entry.Begun begun -> open.put(begun.attempt(), begun);
        case Entry.Ended ended -> open.remove(ended.attempt());
        case Entry.RunStarted _,
            Entry.Proved _,
            Entry.GateOpened _,
            Entry.Approved _,
            Entry.PutBack _,
            Entry.RolledBack _,
            Entry.CaMade _,
            Entry.CaKept _,
            Entry.LeafIssued _ -> {}
      }
    }
    return List.copyOf(open.values());
  }

  /// What planning needs to know of earlier runs.
  public synchronized Recorded recorded() {
    Map<String, Instant> gates = new HashMap<>();
    Set<String> approvals = new HashSet<>();
    Set<String> putBack = new HashSet<>();
    Map<String, RolledBack> rolledBack = new TreeMap<>();
    Ledger ledger = new Ledger();
    for (Line line : lines) {
      switch (line.entry()) {
        case Entry.GateOpened opened -> gates.put(opened.gate(), line.at());
        case Entry.Approved approved -> approvals.add(approved.gate());
        case Entry.PutBack back -> {
          putBack.add(back.ca());
          approvals.removeIf(gate -> removes(gate, back.ca())); // what was approved went wrong
        }
        case Entry.Begun begun -> {
          gates.keySet().removeIf(gate -> restarts(gate, begun.step()));
          ledger.begun(begun.step());
          rolledBack.values().removeIf(back -> wentForward(back, begun.step()));
        }
        case Entry.RolledBack back -> {
          rolledBack.put(
              back.ca(), new RolledBack(back.ca(), back.from(), back.to(), line.at(), back.who()));
          approvals.removeIf(gate -> removesOneOf(gate, back)); // they were for the way forward
        }
        case Entry.LeafIssued issued -> ledger.issued(issued);
        case Entry.RunStarted _, Entry.Proved _, Entry.Ended _, Entry.CaMade _, Entry.CaKept _ -> {}
      }
    }
    return new Recorded(
        position(), gates, approvals, putBack, List.copyOf(rolledBack.values()), ledger.latest());
  }

  public synchronized JournalPosition position() {
    return new JournalPosition(lineage, lines.size());
  }

  private static boolean removes(String gate, String ca) {
    return gate.equals("retire/" + ca)
        || gate.matches("(retire|replace)/namespace/[^/]+/" + Pattern.quote(ca));
  }

  /// Its time was over, so leaves come from the newest again; nothing brings it back by itself.
  private static boolean wentForward(RolledBack back, Step step) {
    return back.goesBack()
        && step.action() instanceof Action.ReissueLeaf leaf
        && leaf.ca().ca().name().equals(back.ca())
        && leaf.ca().generation() == back.from();
  }

  private static boolean removesOneOf(String gate, Entry.RolledBack back) {
    return IntStream.rangeClosed(back.to(), back.from())
        .anyMatch(g -> removes(gate, ObservedCa.address(back.ca(), g)));
  }

  /// Whoever moves to a new leaf during a soak, or after it, has not soaked yet.
  private static boolean restarts(String gate, Step step) {
    return switch (step.action()) {
      case Action.ReissueLeaf a -> soaksFor(gate, step.rotation(), a.namespaces());
      case Action.RollWorker a -> soaksFor(gate, step.rotation(), a.target().namespaces());
      case Action.ScaleWorker a -> soaksFor(gate, step.rotation(), a.target().namespaces());
      case Action.AwaitReload a -> soaksFor(gate, step.rotation(), a.target().namespaces());
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> false;
    };
  }

  private static boolean soaksFor(String gate, String rotation, List<String> namespaces) {
    return gate.matches("soak/ca/" + Pattern.quote(rotation) + "-g[0-9]+")
        || namespaces.stream().anyMatch(n -> gate.startsWith("soak/namespace/" + n + "/"));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
