package newleaf.report;

import java.util.List;

/// Lines of at most 100 columns, each with a label; what is too long goes on below itself.
final class DriftSheet {
  private static final int COLUMNS = 100;

  private final StringBuilder out = new StringBuilder();

  void line(String text) {
    out.append(Words.safe(text).stripTrailing()).append('\n');
  }

  void gap() {
    out.append('\n');
  }

  /// The label before the first line only.
  void labelled(String label, List<String> lines) {
    String lead = label;
    for (String line : lines) {
      wrapped(lead, line);
      lead = " ".repeat(label.length());
    }
  }

  /// A command to copy, behind `: `, stays in one piece.
  void wrapped(String lead, String text) {
    StringBuilder line = new StringBuilder(lead);
    for (String word : words(text)) {
      if (line.length() > lead.length() && line.length() + 1 + word.length() > COLUMNS) {
        line(line.toString());
        line.setLength(0);
        line.append(" ".repeat(lead.length()));
      } else if (line.length() > lead.length()) {
        line.append(' ');
      }
      line.append(word);
    }
    line(line.toString());
  }

  private static List<String> words(String text) {
    int command = text.indexOf(": newleaf ");
    if (command < 0) {
      return List.of(text.split(" "));
    }
    List<String> words =
        new java.util.ArrayList<>(List.of(text.substring(0, command + 1).split(" ")));
    words.add(text.substring(command + 2));
    return words;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
