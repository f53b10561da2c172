package newleaf.report;

import java.util.List;
import java.util.stream.Collectors;
import newleaf.Printable;

/// Markdown of text that may come from elsewhere. Whatever it holds, it stays text: it can not end
/// a table cell, a code span or a fence, nor become a link, a mention or HTML.
final class Markdown {
  private static final String SPECIAL = "\\*_{}[]()!+-~:.#";

  /// Names are much shorter; a longer one would push out what else there is to read.
  private static final int LONGEST = 300;

  private Markdown() {}

  /// In running text: each character that could mean something is escaped.
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : clipped(text).toCharArray()) {
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '|' -> out.append("&#124;");
        // GitHub looks for mentions in what was rendered, but not inside code
        case '@' -> out.append("`@`");
        case '`' -> out.append("&#96;");
        default -> {
          if (SPECIAL.indexOf(c) >= 0) {
            out.append('\\');
          }
          out.append(c);
        }
      }
    }
    return out.toString();
  }

  /// As a code span, also in a table cell. Nothing can be escaped inside of one, so the two
  /// characters that could end it or the cell are written by their number, as [Printable] does.
  static String code(String text) {
    String inside = clipped(text).replace("`", "\\u{60}").replace("|", "\\u{7c}");
    return inside.isBlank() ? "(empty)" : "`" + inside + "`";
  }

  private static String clipped(String text) {
    String printable = Printable.of(text);
    return printable.codePointCount(0, printable.length()) <= LONGEST
        ? printable
        : printable.substring(0, printable.offsetByCodePoints(0, LONGEST)) + "...";
  }

  /// A fenced block of lines, longer than any fence inside.
  static String fence(String language, List<String> lines) {
    String fence = "```";
    while (String.join("\n", lines).contains(fence)) {
      fence += "`";
    }
    return lines.stream()
        .map(Printable::of)
        .collect(Collectors.joining("\n", fence + language + "\n", "\n" + fence + "\n"));
  }

  /// Folded until somebody wants to see it.
  static String details(String summary, String body) {
    return "<details><summary>%s</summary>\n\n%s\n</details>\n".formatted(html(summary), body);
  }

  /// Inside an HTML element, where Markdown escapes nothing. A mention is none inside code.
  private static String html(String text) {
    return clipped(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "<code>@</code>");
  }

  /// A box that GitHub and GitLab show in a colour.
  ///
  /// @param kind `WARNING` or `CAUTION`
  static String alert(String kind, List<String> lines) {
    return lines.stream().collect(Collectors.joining("  \n> ", "> [!" + kind + "]\n> ", "\n"));
  }

  /// An HTML comment by which a comment in a pull request is found again.
  static String marker(String name) {
    StringBuilder out = new StringBuilder();
    clipped(name)
        .chars()
        .forEach(c -> out.append(isPlain((char) c) ? "" + (char) c : "%%%02x".formatted(c)));
    return "<!-- newleaf:plan:" + out.toString().replace("--", "-%2d") + " -->\n";
  }

  private static boolean isPlain(char c) {
    return c < 0x7f && (Character.isLetterOrDigit(c) || "._/-".indexOf(c) >= 0);
  }
}
