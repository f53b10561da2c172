package newleaf.apply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The secret number of a private key in all ways in which it could have been written.
record KeyTraces(String raw, String hex, List<String> base64) {
  static KeyTraces of(PrivateKey key) {
    byte[] secret =
        switch (key) {
          case ECPrivateKey ec -> unsigned(ec.getS());
          case RSAPrivateCrtKey rsa -> unsigned(rsa.getPrimeP());
          default -> throw new IllegalArgumentException("no key to look for: " + key);
        };
    return new KeyTraces(
        new String(secret, ISO_8859_1), HexFormat.of().formatHex(secret), base64(secret));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] signed = number.toByteArray();
    return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
  }

  /// Wherever among other octets it begins.
  private static List<String> base64(byte[] secret) {
    return IntStream.range(0, 3)
        .mapToObj(from -> Arrays.copyOfRange(secret, from, from + (secret.length - from) / 3 * 3))
        .flatMap(part ->
            Stream.of(
                Base64.getEncoder().encodeToString(part),
                Base64.getUrlEncoder().encodeToString(part)))
        .toList();
  }

  /// Whether some octets tell it.
  boolean in(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    String dense = text.replaceAll("\\\\n|\\s", "");
    return text.contains(raw)
        || dense.toLowerCase(Locale.ROOT).replace(":", "").contains(hex)
        || base64.stream().anyMatch(dense::contains);
  }
}
