package newleaf.desired;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Texts that end up in certificates and in what people compare them with: subjects and filters.
/// Whoever reviews one must see what it is, so it has one spelling and no word of two scripts.
final class ShownTexts {
  private static final Pattern BLANKS = Pattern.compile("^\\h|\\h$|\\h\\h|[\\h&&[^ ]]");

  /// What plans put between the parts of a subject or filter, and the part that would seem to
  /// begin.
  private static final Pattern NEXT_PART =
      Pattern.compile("(?:^|[\\s,;+/])(?:CN|OU?|SAN)\\s*=", Pattern.CASE_INSENSITIVE);

  /// Latin of today's languages: up to Latin Extended-B, and Latin Extended Additional
  /// (Vietnamese).
  private static final int LATIN_B_ENDS = 0x24F;

  private static final int ADDITIONAL_BEGINS = 0x1E00;
  private static final int ADDITIONAL_ENDS = 0x1EFF;

  /// Chinese, Japanese and Korean write a word in several scripts, and none looks like another.
  private static final Set<UnicodeScript> WRITTEN_TOGETHER =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private ShownTexts() {}

  static void check(String name, Located<String> text, Problems problems) {
    ambiguity(text.value())
        .ifPresent(why ->
            problems.add(
                Codes.AMBIGUOUS_TEXT,
                text.source(),
                name + " " + Texts.quoted(text.value()) + " " + why + ".",
                "Write it so that it can be read in one way only."));
    if (Texts.isPlain(text.value())) { // letters of one script
      return;
    }
    for (String word : text.value().split("\\s+", -1)) {
      Set<String> scripts = scripts(word);
      if (scripts.size() > 1) {
        problems.add(
            Codes.MIXED_SCRIPTS,
            text.source(),
            "%s has the word %s with letters of %s; some of them look like one another."
                .formatted(name, Texts.quoted(word), String.join(" and ", scripts)),
            "Type the word anew with letters of one script.");
      }
    }
  }

  private static Optional<String> ambiguity(String text) {
    if (BLANKS.matcher(text).find()) {
      return Optional.of(
          "has a blank at an edge, two in a row, or a special one; nobody would see that");
    }
    if (NEXT_PART.matcher(text).find()) {
      return Optional.of("would read as several parts of a subject where it is printed");
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return Optional.of("has an accent as a character of its own (it is not in the form NFC)");
    }
    return Optional.empty();
  }

  private static Set<String> scripts(String word) {
    Set<String> scripts = new TreeSet<>();
    word.codePoints()
        .filter(Character::isLetter)
        .mapToObj(ShownTexts::script)
        .forEach(scripts::add);
    // Latin stands beside these everywhere
    if (scripts.contains("East Asian")) {
      scripts.remove("Latin");
    }
    return scripts;
  }

  /// Letters in another dress (fullwidth, mathematical) and those of phonetics count as scripts of
  /// their own: they are there to be taken for others.
  private static String script(int letter) {
    if (!Normalizer.isNormalized(Character.toString(letter), Normalizer.Form.NFKC)) {
      return "a special form (" + Texts.described(letter) + ")";
    }
    UnicodeScript script = UnicodeScript.of(letter);
    if (WRITTEN_TOGETHER.contains(script)) {
      return "East Asian";
    }
    boolean everyday =
        letter <= LATIN_B_ENDS || letter >= ADDITIONAL_BEGINS && letter <= ADDITIONAL_ENDS;
    if (script == UnicodeScript.LATIN && !everyday) {
      return "phonetics (" + Texts.described(letter) + ")";
    }
    String words = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
