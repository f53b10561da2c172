package newleaf.cert;

import java.util.Optional;
import javax.naming.ldap.Rdn;

/// The subject of a certificate to be issued. At least the common name is there, 1 to 64 characters
/// (RFC 5280 appendix A, ub-common-name).
public record Subject(
    String commonName, Optional<String> organization, Optional<String> organizationalUnit) {
  public static final int MAX_LENGTH = 64;

  public Subject {
    if (commonName.isBlank() || commonName.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("commonName must have 1 to 64 characters");
    }
  }

  /// As RFC 2253 writes it: `CN=Booking CA,O=Temporal`.
  public String text() {
    return "CN="
        + Rdn.escapeValue(commonName)
        + organizationalUnit.map(ou -> ",OU=" + Rdn.escapeValue(ou)).orElse("")
        + organization.map(o -> ",O=" + Rdn.escapeValue(o)).orElse("");
  }

  public Subject withCommonName(String name) {
    return new Subject(name, organization, organizationalUnit);
  }
}
