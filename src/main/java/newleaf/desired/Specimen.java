package newleaf.desired;

import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import javax.naming.ldap.Rdn;
import newleaf.cert.Certificate;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.cert.Validity;

/// The certificate that a profile leads to, as far as filters look at it.
final class Specimen {
  private static final Fingerprint NONE = new Fingerprint("0".repeat(64));

  private Specimen() {}

  static Certificate of(LeafProfile profile) {
    DistinguishedName subject = name(profile.subject());
    return new Certificate(
        NONE,
        subject,
        subject,
        new Validity(Instant.EPOCH, Instant.EPOCH.plus(profile.validity())),
        profile.dnsNames(),
        profile.key().text(),
        false);
  }

  private static DistinguishedName name(Subject subject) {
    StringJoiner parts = new StringJoiner(",");
    add(parts, "CN", Optional.of(subject.commonName()));
    add(parts, "OU", subject.organizationalUnit());
    add(parts, "O", subject.organization());
    return new DistinguishedName(parts.toString());
  }

  private static void add(StringJoiner parts, String type, Optional<String> value) {
    value.ifPresent(v -> parts.add(type + "=" + Rdn.escapeValue(v)));
  }
}
