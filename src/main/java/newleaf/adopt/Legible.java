package newleaf.adopt;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whether a text can be read in one way only, as the reader of the file demands: one spelling, and
/// no word of two scripts.
final class Legible {
  private static final Pattern BLANKS = Pattern.compile("^\\h|\\h$|\\h\\h|[\\h&&[^ ]]");
  private static final Pattern NEXT_PART =
      Pattern.compile("(?:^|[\\s,;+/])(?:CN|OU?|SAN)\\s*=", Pattern.CASE_INSENSITIVE);

  /// Beyond these, Latin letters are those of phonetics: Latin Extended-B, and Additional.
  private static final Pattern EVERYDAY_LATIN =
      Pattern.compile("[\\x{0}-\\x{24F}\\x{1E00}-\\x{1EFF}]");

  private static final Set<UnicodeScript> EAST_ASIAN =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private Legible() {}

  static boolean is(String text) {
    return !BLANKS.matcher(text).find()
        && !NEXT_PART.matcher(text).find()
        && Normalizer.isNormalized(text, Normalizer.Form.NFC)
        && text.codePoints().filter(Character::isLetter).allMatch(Legible::isEveryday)
        && Pattern.compile("\\s+").splitAsStream(text).allMatch(Legible::isOfOneScript);
  }

  /// Letters in another dress are there to be taken for others.
  private static boolean isEveryday(int letter) {
    String text = Character.toString(letter);
    return Normalizer.isNormalized(text, Normalizer.Form.NFKC)
        && (UnicodeScript.of(letter) != UnicodeScript.LATIN
            || EVERYDAY_LATIN.matcher(text).matches());
  }

  /// Chinese, Japanese and Korean are written in several, and with Latin beside them.
  private static boolean isOfOneScript(String word) {
    Set<UnicodeScript> scripts =
        word.codePoints()
            .filter(Character::isLetter)
            .mapToObj(UnicodeScript::of)
            .collect(Collectors.toSet());
    if (scripts.removeAll(EAST_ASIAN)) {
      scripts.remove(UnicodeScript.LATIN);
      return scripts.isEmpty();
    }
    return scripts.size() <= 1;
  }
}
