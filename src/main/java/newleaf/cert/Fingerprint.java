package newleaf.cert;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// SHA-256 of a certificate's DER, 64 lower-case hex digits.
public record Fingerprint(String value) implements Comparable<Fingerprint> {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public Fingerprint {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not 64 lower-case hex digits: '" + value + "'");
    }
  }

  /// Empty when the text is no fingerprint.
  public static Optional<Fingerprint> parse(String text) {
    return HEX.matcher(text).matches() ? Optional.of(new Fingerprint(text)) : Optional.empty();
  }

  public static Fingerprint of(X509Certificate certificate) {
    try {
      return new Fingerprint(sha256(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate can not be encoded", e);
    }
  }

  /// The first eight digits, enough for a person to tell certificates apart.
  public String shortText() {
    return value.substring(0, 8);
  }

  @Override
  public int compareTo(Fingerprint other) {
    return value.compareTo(other.value);
  }

  private static String sha256(byte[] der) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
