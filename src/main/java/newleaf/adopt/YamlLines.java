package newleaf.adopt;

import java.util.List;
import java.util.stream.Collectors;
import newleaf.Printable;

/// Lines of a YAML file, two blanks a level.
final class YamlLines {
  /// A subject may be as long as its maker likes.
  private static final int LONGEST_COMMENT = 400;

  private final StringBuilder out = new StringBuilder();

  void line(int level, String text) {
    out.append("  ".repeat(level)).append(text).append('\n');
  }

  void blank() {
    out.append('\n');
  }

  /// Whatever is in the text, it stays one line and a comment.
  void comment(int level, String text) {
    String safe = Printable.of(text);
    boolean cut = safe.length() > LONGEST_COMMENT;
    line(level, "# " + (cut ? safe.substring(0, LONGEST_COMMENT) + "..." : safe));
  }

  /// In double quotes, in which only these two characters mean something. That there is no control
  /// character was seen to before.
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String list(List<String> texts) {
    return texts.stream().map(YamlLines::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  String text() {
    return out.toString();
  }
}
