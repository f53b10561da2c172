package newleaf.adopt;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a desired-state file can say. The file's reader refuses the rest; this keeps it from coming
/// up.
final class Expressible {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern ACCOUNT = Pattern.compile(LABEL);
  private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9-]{0,62}[a-z0-9]");
  private static final Pattern DNS =
      Pattern.compile("(?=.{1,253}$)(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

  private Expressible() {}

  /// The text of a part of a subject or filter, when it can stand in the file.
  static Optional<String> text(String text, int longest) {
    boolean fits = !text.isBlank() && text.length() <= longest;
    return fits && text.codePoints().allMatch(Expressible::isVisible) && Legible.is(text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static boolean isDnsName(String text) {
    return DNS.matcher(text).matches();
  }

  static boolean isAccount(String text) {
    return ACCOUNT.matcher(text).matches();
  }

  /// `<name>.<account>`
  static boolean isNamespace(String text, String account) {
    int dot = text.lastIndexOf('.');
    return dot > 0
        && text.substring(dot + 1).equals(account)
        && NAMESPACE.matcher(text.substring(0, dot)).matches();
  }
}
