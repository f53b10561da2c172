package newleaf.report;

/// What a line is, for colours. They only decorate: every line says the same without them.
enum Tone {
  PLAIN(""),
  HEAD("1"),
  FAINT("2"),
  ADD("32"),
  CHANGE("33"),
  REMOVE("31"),
  WAIT("36"),
  ALARM("1;31");

  private final String sgr;

  Tone(String sgr) {
    this.sgr = sgr;
  }

  static Tone of(char mark) {
    return switch (mark) {
      case '+' -> ADD;
      case '-' -> REMOVE;
      case '~', '>', '^' -> CHANGE;
      default -> PLAIN;
    };
  }

  /// In ANSI escape sequences (ECMA-48 SGR).
  String paint(String text) {
    return sgr.isEmpty() || text.isEmpty() ? text : "\u001b[" + sgr + "m" + text + "\u001b[0m";
  }
}
