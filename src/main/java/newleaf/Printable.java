package newleaf;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Set;

/// Text from elsewhere (a subject, a peer's message, a pod's name) made safe to print. It can
/// neither command a terminal, nor break a line, nor turn the direction of text, nor look like
/// another text: what is left is ASCII, the letters of European languages in Latin script, and
/// Chinese, Japanese and Korean letters. Everything else is written by its number, so that a
/// Cyrillic letter in a CA's name is seen.
public final class Printable {
  private static final int LAST_ASCII = 0x7e;
  private static final int LAST_LATIN_EXTENDED_A = 0x17f;
  private static final int DOTLESS_I = 0x131;
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

  private Printable() {}

  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (isHarmless(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(escaped(c));
          }
        });
    return out.toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{%x}".formatted(c);
    };
  }

  private static boolean isHarmless(int c) {
    if (c <= LAST_ASCII) {
      return c >= ' ';
    }
    return Character.isLetter(c)
        && c != DOTLESS_I
        && (c <= LAST_LATIN_EXTENDED_A || WIDE.contains(UnicodeScript.of(c)))
        && Normalizer.isNormalized(Character.toString(c), Normalizer.Form.NFKC);
  }
}
