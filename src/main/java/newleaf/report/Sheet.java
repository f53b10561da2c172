package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Lines for a terminal or a log, at most 100 columns where names allow it. Whatever a name holds,
/// a line stays one line.
final class Sheet {
  static final int COLUMNS = 100;
  private static final String BETWEEN = "  ";

  private record Line(Tone tone, String text) {}

  private final List<Line> lines = new ArrayList<>();

  void line(Tone tone, String text) {
    lines.add(new Line(tone, Words.safe(text).stripTrailing()));
  }

  void line(String text) {
    line(Tone.PLAIN, text);
  }

  void blank() {
    line("");
  }

  /// @return whether there was room for the right one
  boolean ends(Tone tone, String left, String right) {
    String start = Words.safe(left);
    String end = Words.safe(right);
    int room = COLUMNS - Words.width(start) - Words.width(end);
    line(tone, room < BETWEEN.length() ? start : start + " ".repeat(room) + end);
    return room >= BETWEEN.length();
  }

  /// Goes on below the text, not below what introduces it.
  void wrapped(Tone tone, String lead, String text) {
    wrapped(tone, lead, List.of(Words.safe(text).split(" ")));
  }

  /// A word stays whole, whatever it holds.
  void wrapped(Tone tone, String lead, List<String> words) {
    int indent = Words.width(lead);
    StringBuilder line = new StringBuilder(lead);
    boolean first = true;
    for (String word : words) {
      if (!first && Words.width(line.toString()) + 1 + Words.width(word) > COLUMNS) {
        line(tone, line.toString());
        line = new StringBuilder(" ".repeat(indent));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    line(tone, line.toString());
  }

  /// A command to copy: what does not fit goes on the next line, as a shell lets it.
  void command(Tone tone, String lead, String command, String options) {
    if (options.isEmpty() || Words.width(lead + command + options) < COLUMNS) {
      line(tone, lead + command + " " + options);
    } else {
      String indent = " ".repeat(lead.length() - lead.stripLeading().length() + 4);
      boolean fits = Words.width(lead + command) + 2 <= COLUMNS;
      if (!fits) {
        line(tone, lead.stripTrailing());
      }
      line(tone, (fits ? lead : indent) + command + " \\");
      line(tone, indent + (fits ? "" : "    ") + options);
    }
  }

  /// Aligned. When they do not fit, the cells of one column go below their rows.
  ///
  /// @param stretch the column whose cells may be long
  void rows(String indent, List<Row> rows, int stretch) {
    if (rows.isEmpty()) {
      return;
    }
    List<Integer> widths = widths(rows);
    int whole =
        indent.length()
            + 2
            + widths.stream().mapToInt(w -> w).sum()
            + BETWEEN.length() * (widths.size() - 1);
    for (Row row : rows) {
      if (whole <= COLUMNS) {
        line(Tone.of(row.mark()), indent + row.marked(aligned(row.cells(), widths, -1)));
      } else {
        line(Tone.of(row.mark()), indent + row.marked(aligned(row.cells(), widths, stretch)));
        wrapped(Tone.of(row.mark()), indent + " ".repeat(4), row.cells().get(stretch));
      }
    }
  }

  private static List<Integer> widths(List<Row> rows) {
    return IntStream.range(0, rows.getFirst().cells().size())
        .mapToObj(i -> rows.stream().mapToInt(r -> Words.width(r.cells().get(i))).max().orElse(0))
        .toList();
  }

  private static String aligned(List<String> cells, List<Integer> widths, int without) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (i != without) {
        line.append(cells.get(i))
            .append(" ".repeat(widths.get(i) - Words.width(cells.get(i))))
            .append(BETWEEN);
      }
    }
    return line.toString();
  }

  String text(boolean colour) {
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      out.append(colour ? line.tone().paint(line.text()) : line.text()).append('\n');
    }
    return out.toString();
  }
}
