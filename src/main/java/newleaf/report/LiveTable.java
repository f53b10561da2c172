package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import newleaf.report.Board.Running;
import newleaf.report.Board.Wait;

/// What runs now, as a table for a screen: no line wraps and it fits the height, whatever names
/// hold.
public final class LiveTable {
  /// @param columns and rows of the terminal
  public record Size(int columns, int rows) {}

  private static final int ROOM_FOR_PROGRESS = 50;

  /// Addresses leave it so much, whatever it says: columns that move are hard to read.
  private static final int PROGRESS = 30;

  private static final int VERB = "reissue".length();

  private record Row(
      Tone tone, String label, String verb, String what, String progress, String end) {

    /// Without the kind of resource, which the verb tells.
    Row shorter() {
      return new Row(tone, label, verb, what.substring(what.indexOf('/') + 1), progress, end);
    }
  }

  private final Board board;
  private final Size size;
  private final Instant now;
  private final boolean colour;

  private LiveTable(Board board, Size size, Instant now, boolean colour) {
    this.board = board;
    this.size = size;
    this.now = now;
    this.colour = colour;
  }

  /// Empty when no plan is being carried out.
  public static List<String> frame(ApplyLines lines, Size size, Instant now, boolean colour) {
    return new LiveTable(lines.board(), size, now, colour).frame();
  }

  private List<String> frame() {
    if (board.since().isEmpty() && board.running().isEmpty()) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    board.running().forEach(r -> rows.add(row(r)));
    board.waits().forEach(w -> rows.add(row(w)));
    int room = Math.max(0, size.rows() - 4); // blank line, one for the rest, last line, cursor
    List<Row> shown = rows.subList(0, Math.min(room, rows.size()));
    List<String> frame = new ArrayList<>();
    frame.add("");
    frame.addAll(lines(shown));
    if (shown.size() < rows.size()) {
      frame.add(cut(Tone.FAINT, "and " + (rows.size() - shown.size()) + " more"));
    }
    board.since().ifPresent(since -> frame.add(cut(Tone.FAINT, foot(since))));
    return frame;
  }

  private Row row(Running running) {
    return new Row(
        Tone.PLAIN,
        running.label(),
        running.step().verb(),
        Words.safe(running.step().address()),
        Words.safe(running.progress().map(ProgressText::of).orElse("")),
        seconds(Duration.between(running.since(), now)));
  }

  private Row row(Wait wait) {
    Duration left = Duration.between(now, wait.until());
    String opens =
        left.isPositive()
            ? "opens in %s, at %s".formatted(seconds(left), Words.time(wait.until()))
            : "opens now";
    return new Row(Tone.WAIT, "", "gate", Words.safe(wait.gate()), opens, "");
  }

  private String foot(Instant since) {
    int running = board.running().size();
    int waits = board.waits().size();
    return "%d of %s done%s%s%s, %s"
        .formatted(
            board.done(),
            Words.count(board.of(), "step"),
            board.failed() > 0 ? ", " + board.failed() + " FAILED" : "",
            running > 0 ? ", " + running + " running" : "",
            waits > 0 ? ", waiting at " + Words.count(waits, "gate") : "",
            seconds(Duration.between(since, now)));
  }

  private List<String> lines(List<Row> rows) {
    Columns columns = Columns.of(rows, columns());
    boolean whole = rows.stream().allMatch(r -> Words.width(r.what()) <= columns.what());
    return whole
        ? rows.stream().map(row -> line(row, columns)).toList()
        : lines(rows.stream().map(Row::shorter).toList(), columns());
  }

  private List<String> lines(List<Row> rows, int width) {
    Columns columns = Columns.of(rows, width);
    return rows.stream().map(row -> line(row, columns)).toList();
  }

  private String line(Row row, Columns columns) {
    String cells = Fit.padded(Fit.middle(row.what(), columns.what()), columns.what());
    if (columns.progress() > 0) {
      cells += "  " + Fit.end(row.progress(), columns.progress());
    }
    String left = columns.label() == 0 ? "" : Fit.padded(row.label(), columns.label()) + " ";
    String text =
        left
            + Fit.padded(row.verb(), VERB)
            + " "
            + Fit.padded(cells, columns.room())
            + " ".repeat(1 + columns.end() - row.end().length())
            + row.end();
    return cut(row.tone(), text.stripTrailing());
  }

  /// How wide each column is.
  ///
  /// @param room for `what` and `progress` together
  private record Columns(int label, int what, int progress, int room, int end) {
    static Columns of(List<Row> rows, int width) {
      int label = widest(rows, Row::label);
      int end = widest(rows, Row::end);
      int room = Math.max(0, width - label - (label == 0 ? 0 : 1) - VERB - 2 - end);
      int progress = width < ROOM_FOR_PROGRESS ? 0 : PROGRESS;
      int what = Math.min(widest(rows, Row::what), Math.max(room / 2, room - progress));
      return new Columns(label, what, progress == 0 ? 0 : Math.max(0, room - what - 2), room, end);
    }

    private static int widest(List<Row> rows, Function<Row, String> cell) {
      return rows.stream().mapToInt(r -> Words.width(cell.apply(r))).max().orElse(0);
    }
  }

  private String cut(Tone tone, String text) {
    String fit = Fit.end(text, columns());
    return colour ? tone.paint(fit) : fit;
  }

  /// A terminal wraps when its last column is written.
  private int columns() {
    return Math.max(1, size.columns() - 1);
  }

  /// Whole seconds: tenths would flicker.
  private static String seconds(Duration duration) {
    Duration whole = duration.isNegative() ? Duration.ZERO : duration;
    return whole.toMinutes() > 0 ? Words.span(whole) : whole.toSeconds() + "s";
  }
}
