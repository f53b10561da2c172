package newleaf.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/// A terminal on which lines scroll by above a table that is drawn over itself. The cursor is never
/// hidden and always below the table, so whatever ends the program leaves a usable terminal.
/// Without a table nothing but the lines is written.
final class Screen {
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PrintWriter out;
  private List<String> table = List.of();

  Screen(PrintWriter out) {
    this.out = out;
  }

  /// In one write each time: nothing flickers.
  ///
  /// @param above lines that stay
  /// @param columns of the terminal now
  void show(List<String> above, List<String> next, int columns) {
    if (above.isEmpty() && next.equals(table)) {
      return;
    }
    StringBuilder text = new StringBuilder(up(columns));
    if (!above.isEmpty() && !table.isEmpty()) {
      text.append(ERASE_BELOW); // they may wrap, onto rows that nothing else erases
    }
    above.forEach(line -> text.append(line).append('\n'));
    next.forEach(line -> text.append(line).append(ERASE_LINE).append('\n'));
    if (!table.isEmpty()) {
      text.append(ERASE_BELOW);
    }
    table = next;
    out.print(text);
    out.flush();
  }

  /// A terminal that became narrower has wrapped the lines that were drawn before.
  private String up(int columns) {
    int rows = 0;
    for (String line : table) {
      int width = COLOURS.matcher(line).replaceAll("").length();
      rows += Math.max(1, Math.ceilDiv(width, Math.max(1, columns)));
    }
    return rows == 0 ? "" : "\r\u001b[%dA".formatted(rows);
  }
}
