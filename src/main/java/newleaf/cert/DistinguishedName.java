package newleaf.cert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// A subject or issuer as RFC 2253 text (`CN=Booking CA G2,O=Temporal`).
public record DistinguishedName(String value) {

  public static DistinguishedName of(X500Principal principal) {
    return new DistinguishedName(principal.getName(X500Principal.RFC2253));
  }

  public Optional<String> commonName() {
    return first("CN");
  }

  public Optional<String> organization() {
    return first("O");
  }

  public Optional<String> organizationalUnit() {
    return first("OU");
  }

  /// Equal as Temporal Cloud compares: case and runs of white space do not count (RFC 5280 7.1).
  public boolean sameAs(DistinguishedName other) {
    return folded().equals(other.folded());
  }

  private String folded() {
    return value.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
  }

  private Optional<String> first(String type) {
    List<String> found = new ArrayList<>();
    for (Rdn rdn : rdns()) {
      if (rdn.getType().equalsIgnoreCase(type) && rdn.getValue() instanceof String text) {
        found.add(text);
      }
    }
    // RFC 2253 writes the most specific name first; LdapName lists from the right
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  private List<Rdn> rdns() {
    try {
      return new LdapName(value).getRdns();
    } catch (InvalidNameException _) {
      return List.of(); // a name nobody can parse has no parts, and then matches no filter
    }
  }
}
