package newleaf.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.NewleafException;
import newleaf.json.Json;
import newleaf.observed.JournalPosition;

/// The bytes of a journal, read up to the first line that does not fit. A torn last line is not
/// looked at.
final class JournalReading {
  private static final Pattern VERSION =
      Pattern.compile("\\{\"format_version\":\"([0-9]{1,9})\\.([0-9]{1,9})\".*");
  private static final String MAJOR =
      Head.FORMAT_VERSION.substring(0, Head.FORMAT_VERSION.indexOf('.'));

  private final String where;
  private final byte[] bytes;
  private final List<Line> lines = new ArrayList<>();
  private Optional<Head> head = Optional.empty();
  private Optional<String> lineage = Optional.empty();
  private Optional<NewleafException> problem = Optional.empty();
  private String digest = Head.FIRST.previous();
  private int number;
  private int end;

  private JournalReading(String where, byte[] bytes) {
    this.where = where;
    this.bytes = bytes;
  }

  static JournalReading of(String where, byte[] bytes) {
    JournalReading reading = new JournalReading(where, bytes);
    reading.read();
    return reading;
  }

  private void read() {
    for (int at = end; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        number++;
        try {
          accept(where + ":" + number, end, at);
        } catch (NewleafException e) {
          problem = Optional.of(e);
          return;
        }
        end = at + 1;
      }
    }
  }

  private void accept(String where, int from, int to) {
    Sealed sealed =
        text(from, to)
            .flatMap(Sealed::read)
            .orElseThrow(
                () -> JournalFailures.damaged(where, "is no journal line, or was edited."));
    boolean opens = VERSION.matcher(sealed.json()).matches();
    if (opens != head.isEmpty()) {
      throw JournalFailures.damaged(where, "does not belong there; the file was edited.");
    }
    if (opens) {
      open(head(where, sealed.json()), sealed);
    } else {
      follow(where, sealed);
      digest = sealed.digest();
    }
  }

  private void open(Head first, Sealed sealed) {
    head = Optional.of(first);
    lineage = first.lineage();
    digest = first.before() == 0 ? first.previous() : sealed.digest();
  }

  private static Head head(String where, String json) {
    Matcher version = VERSION.matcher(json);
    if (version.matches() && version.group(1).equals(MAJOR)) {
      try {
        return Json.read(json, Head.class);
      } catch (IllegalArgumentException e) {
        throw JournalFailures.otherFormat(where, e);
      }
    }
    throw JournalFailures.otherFormat(where, null);
  }

  private void follow(String where, Sealed sealed) {
    Line line;
    try {
      line = Json.readEarlier(sealed.json(), Line.class);
    } catch (IllegalArgumentException e) {
      throw JournalFailures.otherFormat(where, e); // it is as it was written, by whomever
    }
    if (line.seq() != serial() + 1 || !line.previous().equals(digest)) {
      throw JournalFailures.damaged(
          where, "does not follow from the line before; the file was edited.");
    }
    lines.add(line);
    lineage = lineage.or(() -> Optional.of(sealed.digest()));
  }

  private Optional<String> text(int from, int to) {
    try {
      ByteBuffer line = ByteBuffer.wrap(bytes, from, to - from);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  Optional<NewleafException> problem() {
    return problem;
  }

  Optional<Head> head() {
    return head;
  }

  /// The lines of the file, without what its head repeats.
  List<Line> lines() {
    return List.copyOf(lines);
  }

  /// All lines that count: those that the head repeats, and those of the file.
  List<Line> counting() {
    List<Line> all = new ArrayList<>(head.map(Head::kept).orElse(List.of()));
    all.addAll(lines);
    return all;
  }

  String digest() {
    return digest;
  }

  JournalPosition position() {
    return new JournalPosition(lineage, serial());
  }

  private long serial() {
    return lines.isEmpty() ? head.map(Head::before).orElse(0L) : lines.getLast().seq();
  }

  /// Behind the last line that fits.
  int end() {
    return end;
  }

  /// How many bytes there are, with what does not fit or was not written to its end.
  int size() {
    return bytes.length;
  }

  byte[] whole() {
    return Arrays.copyOf(bytes, end);
  }

  /// The lines from the first that does not fit; empty where one can not be read.
  List<Optional<Line>> rest() {
    List<Optional<Line>> rest = new ArrayList<>();
    int start = end;
    for (int at = end; problem.isPresent() && at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        rest.add(text(start, at).flatMap(Sealed::read).flatMap(JournalReading::line));
        start = at + 1;
      }
    }
    return rest;
  }

  private static Optional<Line> line(Sealed sealed) {
    try {
      return Optional.of(Json.readEarlier(sealed.json(), Line.class));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
