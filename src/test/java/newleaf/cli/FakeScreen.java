package newleaf.cli;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A terminal that wraps lines, also those on it when it becomes narrower, and knows what newleaf
/// sends.
final class FakeScreen extends Writer {
  private static final Pattern SENT =
      Pattern.compile("\u001b\\[(?<number>[0-9;]*)(?<command>[A-Za-z])|[^\u001b]");

  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final StringBuilder unread = new StringBuilder();
  private int columns;
  private int row;
  private int column;
  private int writes;

  FakeScreen(int columns) {
    this.columns = columns;
  }

  /// How often something was sent.
  int writes() {
    return writes;
  }

  /// Below what is there and at the left.
  boolean cursorIsAtTheEnd() {
    return row == rows.size() - 1 && column == 0;
  }

  String text() {
    return rows.stream().map(r -> r.toString().stripTrailing()).collect(Collectors.joining("\n"));
  }

  void narrow(int now) {
    columns = now;
    for (int i = 0; i < rows.size(); i++) {
      String text = rows.get(i).toString();
      if (text.length() > now) {
        rows.set(i, new StringBuilder(text.substring(0, now)));
        rows.add(i + 1, new StringBuilder(text.substring(now)));
      }
    }
    row = rows.size() - 1;
  }

  @Override
  public void write(char[] text, int from, int length) {
    unread.append(text, from, length);
  }

  @Override
  public void flush() {
    if (unread.isEmpty()) {
      return;
    }
    writes++;
    Matcher sent = SENT.matcher(unread);
    while (sent.find()) {
      if (sent.group("command") == null) {
        put(sent.group().charAt(0));
      } else {
        command(sent.group("command").charAt(0), sent.group("number"));
      }
    }
    unread.setLength(0);
  }

  private void put(char c) {
    switch (c) {
      case '\r' -> column = 0;
      case '\n' -> down();
      default -> {
        if (column == columns) {
          down();
        }
        StringBuilder line = rows.get(row);
        line.setLength(Math.max(line.length(), column + 1));
        line.setCharAt(column++, c);
      }
    }
  }

  private void down() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  private void command(char command, String number) {
    switch (command) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case 'J' -> {
        command('K', "");
        rows.subList(row + 1, rows.size()).clear();
      }
      case 'm' -> {
        return; // a colour
      }
      default -> throw new AssertionError("unknown to this terminal: " + command);
    }
  }

  @Override
  public void close() {}
}
