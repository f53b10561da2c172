package newleaf.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The text of one line. Its last member is the SHA-256 of the text without that member, so that
/// each line shows by itself whether it is as it was written. This form stays in every format.
///
/// @param json without the digest
record Sealed(String json, String digest) {
  private static final String MEMBER = ",\"digest\":\"";
  private static final int DIGITS = 64;
  private static final int TAIL = MEMBER.length() + DIGITS + "\"}".length();

  static Sealed of(String json) {
    return new Sealed(json, sha256(json));
  }

  String text() {
    return json.substring(0, json.length() - 1) + MEMBER + digest + "\"}";
  }

  byte[] line() {
    return (text() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Empty when the text is none, or is not as it was written.
  static Optional<Sealed> read(String text) {
    if (text.length() < TAIL) {
      return Optional.empty();
    }
    Sealed sealed = of(text.substring(0, text.length() - TAIL) + "}");
    return Optional.of(sealed).filter(s -> s.text().equals(text));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
