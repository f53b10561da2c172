package newleaf.adopt;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Names for entries of the file, each given once.
final class Names {
  private static final int LONGEST = 63;

  /// For `-9999`.
  private static final int ROOM_FOR_NUMBER = 5;

  private final Set<String> given = new HashSet<>();

  /// @param otherwise for a text of which nothing is left
  String of(String text, String otherwise) {
    String plain = plain(text);
    String name = plain.isEmpty() ? otherwise : plain;
    String unique = name;
    for (int number = 2; !given.add(unique); number++) {
      unique = name + "-" + number;
    }
    return unique;
  }

  /// As names in the file are: a to z, 0 to 9 and hyphens inside.
  private static String plain(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST - ROOM_FOR_NUMBER));
    return cut.replaceAll("^-|-$", "");
  }
}
