package newleaf.report;

/// Text cut to a number of columns.
final class Fit {
  private static final String GAP = "..";

  private Fit() {}

  /// The beginning.
  static String end(String text, int columns) {
    if (Words.width(text) <= columns) {
      return text;
    }
    return columns <= GAP.length()
        ? first(text, columns)
        : first(text, columns - GAP.length()) + GAP;
  }

  /// Beginning and end: of an address both say what it is.
  static String middle(String text, int columns) {
    if (Words.width(text) <= columns) {
      return text;
    }
    int rest = columns - GAP.length();
    return rest < 3
        ? first(text, columns)
        : first(text, rest / 2) + GAP + last(text, rest - rest / 2);
  }

  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Words.width(text)));
  }

  private static String first(String text, int columns) {
    int end = 0;
    int width = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      width += Words.width(Character.toString(c));
      if (width > columns) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static String last(String text, int columns) {
    int start = text.length();
    int width = 0;
    while (start > 0) {
      int c = text.codePointBefore(start);
      width += Words.width(Character.toString(c));
      if (width > columns) {
        break;
      }
      start -= Character.charCount(c);
    }
    return text.substring(start);
  }
}
