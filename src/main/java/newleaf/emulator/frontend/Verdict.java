package newleaf.emulator.frontend;

/// What came of one handshake.
public sealed interface Verdict {
  record Accepted() implements Verdict {}

  record Refused(String reason) implements Verdict {}
}
