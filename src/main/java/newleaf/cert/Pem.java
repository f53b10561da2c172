package newleaf.cert;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates as PEM (RFC 7468). By the JDK and not Bouncy Castle: this runs at every start, and
/// the JDK's parser loads in a third of the time.
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /// One certificate, ending in a newline.
  public static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("certificate can not be encoded", e);
    }
  }

  public static String of(Collection<X509Certificate> certificates) {
    return String.join("", certificates.stream().map(Pem::of).toList());
  }

  /// All certificates in the text, in order; text between the blocks is skipped, as every server
  /// does.
  ///
  /// @throws IllegalArgumentException when a block holds no certificate
  public static List<X509Certificate> certificates(String pem) {
    return blocks(pem).stream().map(Block::certificate).toList();
  }

  /// A CERTIFICATE block, for whoever sees the same ones often. Equal blocks are of one
  /// certificate.
  ///
  /// @param base64 what is between its lines, as it is written there
  public record Block(String base64) {
    /// @throws IllegalArgumentException when it holds no certificate
    public X509Certificate certificate() {
      return Pem.certificate(Base64.getMimeDecoder().decode(base64));
    }
  }

  public static List<Block> blocks(String pem) {
    List<Block> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      found.add(new Block(blocks.group(1)));
    }
    return found;
  }

  static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  static X509Certificate certificate(byte[] der) {
    try {
      var octets = new ByteArrayInputStream(der);
      Certificate parsed = CertificateFactory.getInstance("X.509").generateCertificate(octets);
      if (octets.available() > 0) { // the JDK does not mind; Go and OpenSSL refuse it
        throw new IllegalArgumentException("a CERTIFICATE block holds more than a certificate");
      }
      return (X509Certificate) parsed;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a CERTIFICATE block holds no X.509 certificate", e);
    }
  }
}
