package newleaf.report;

import java.util.List;
import java.util.stream.Collectors;
import newleaf.Printable;

/// Markdown of text that may come from elsewhere. Whatever it holds, it stays text: it can not end
/// a table cell, a code span or a fence, nor become a link, a mention or HTML.
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>()#+-!|~@&:";

  private Markdown() {}

  /// In running text: each character that could mean something is escaped.
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : Printable.of(text).toCharArray()) {
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '@' -> out.append("&#64;"); // a backslash does not keep GitHub from a mention
        case '|' -> out.append("&#124;"); // nor a table from a new cell inside code
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

  /// As a code span, also in a table cell.
  static String code(String text) {
    return "<code>" + html(text) + "</code>";
  }

  /// Inside an HTML element.
  static String html(String text) {
    return Printable.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("|", "&#124;")
        .replace("@", "&#64;")
        .replace("`", "&#96;")
        .replace("*", "&#42;")
        .replace("_", "&#95;")
        .replace("[", "&#91;")
        .replace("\\", "&#92;")
        .replace(":", "&#58;");
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
}
