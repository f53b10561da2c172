package newleaf.cert;

import java.security.cert.X509Certificate;
import java.util.Arrays;

/// The hints by which certificates name the key that signed them. Anybody can write anything there,
/// so they only tell which signature to verify first.
public final class KeyIdentifiers {
  private static final String SUBJECT = "2.5.29.14";
  private static final String AUTHORITY = "2.5.29.35";

  /// Two octet strings around the identifier, or an octet string, a sequence and a context tag.
  private static final int SUBJECT_HEADER = 4;

  private static final int AUTHORITY_HEADER = 6;

  private KeyIdentifiers() {}

  /// Whether the certificate says that this CA's key signed it.
  public static boolean agree(X509Certificate ca, X509Certificate certificate) {
    byte[] subject = ca.getExtensionValue(SUBJECT);
    byte[] authority = certificate.getExtensionValue(AUTHORITY);
    if (subject == null || authority == null) {
      return false;
    }
    int length = subject.length - SUBJECT_HEADER;
    return length > 0
        && authority.length >= AUTHORITY_HEADER + length
        && Arrays.equals(
            subject,
            SUBJECT_HEADER,
            subject.length,
            authority,
            AUTHORITY_HEADER,
            AUTHORITY_HEADER + length);
  }
}
