package newleaf.desired;

import java.util.Optional;

/// Texts of the user's file in messages: never so long, and never with characters, that they would
/// spoil a terminal or hide what is there.
final class Texts {
  private static final int SHOWN = 60;

  private Texts() {}

  static String quoted(String text) {
    String clean = clean(text);
    boolean cut = clean.length() > SHOWN;
    return "`" + (cut ? clean.substring(0, SHOWN) + "…" : clean) + "`";
  }

  /// With `?` for each character that a terminal may act on. Keeps the columns.
  static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(c -> forbidden(c) ? '?' : c).forEach(out::appendCodePoint);
    return out.toString();
  }

  /// Describes the first character that no name, subject or path may hold: `U+202E RIGHT-TO-LEFT
  /// OVERRIDE`.
  static Optional<String> firstForbidden(String text) {
    if (isPlain(text)) {
      return Optional.empty();
    }
    return text.codePoints().filter(Texts::forbidden).boxed().findFirst().map(Texts::described);
  }

  /// Printable ASCII, as nearly every text is; there is nothing more to look for in it.
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  static String described(int codePoint) {
    String name = Character.getName(codePoint);
    return "U+%04X%s".formatted(codePoint, name == null ? "" : " " + name);
  }

  private static boolean forbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
