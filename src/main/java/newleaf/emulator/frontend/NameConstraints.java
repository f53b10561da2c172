package newleaf.emulator.frontend;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.emulator.x509.NameText;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// Name constraints (RFC 5280 4.2.1.10) along a chain, as Go's crypto/x509 takes them: those of the
/// anchor count, subjects do not, `good.test` covers what is below it for e-mail and URIs as well,
/// and of the kinds of names only domains, mailboxes, URIs and addresses are looked at.
final class NameConstraints {
  private NameConstraints() {}

  /// @param chain leaf first, anchor last
  static Optional<String> problem(List<X509Certificate> chain) {
    for (int i = 0; i < chain.size(); i++) {
      for (X509Certificate above : chain.subList(i + 1, chain.size())) {
        X509Certificate named = chain.get(i);
        try {
          Optional<String> broken = broken(named, above);
          if (broken.isPresent()) {
            return broken.map(b -> IssuerRules.text(named) + " breaks a name constraint: " + b);
          }
        } catch (IOException | IllegalArgumentException e) {
          return Optional.of(IssuerRules.text(named) + " has unreadable names: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> broken(X509Certificate named, X509Certificate above)
      throws IOException {
    Optional<ASN1Primitive> constraints = extension(above, Extension.nameConstraints);
    Optional<ASN1Primitive> names = extension(named, Extension.subjectAlternativeName);
    if (constraints.isEmpty() || names.isEmpty()) {
      return Optional.empty();
    }
    var rules = org.bouncycastle.asn1.x509.NameConstraints.getInstance(constraints.get());
    for (GeneralName name : namesOf(names.get())) {
      List<GeneralName> permitted = ofKind(name, rules.getPermittedSubtrees());
      List<GeneralName> excluded = ofKind(name, rules.getExcludedSubtrees());
      if (!comparable(name)) {
        return Optional.of("'" + name.getName() + "' can not be compared");
      }
      if (!permitted.isEmpty() && permitted.stream().noneMatch(p -> covers(p, name, false))) {
        return Optional.of("'" + name.getName() + "' is not permitted");
      }
      if (excluded.stream().anyMatch(e -> covers(e, name, true))) {
        return Optional.of("'" + name.getName() + "' is excluded");
      }
    }
    return Optional.empty();
  }

  private static List<GeneralName> namesOf(ASN1Primitive value) {
    ASN1Sequence all = ASN1Sequence.getInstance(value);
    return all.size() == 0 ? List.of() : List.of(GeneralNames.getInstance(all).getNames());
  }

  private static List<GeneralName> ofKind(GeneralName name, GeneralSubtree[] trees) {
    return trees == null
        ? List.of()
        : Arrays.stream(trees)
            .map(GeneralSubtree::getBase)
            .filter(base -> base.getTagNo() == name.getTagNo())
            .toList();
  }

  /// As soon as any constraint stands above, each name must be one that could be held against it.
  private static boolean comparable(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> NameText.isDomain(text(name), false);
      case GeneralName.uniformResourceIdentifier -> NameText.host(text(name)).isPresent();
      case GeneralName.rfc822Name -> NameText.mailbox(text(name)).isPresent();
      default -> true;
    };
  }

  private static boolean covers(GeneralName constraint, GeneralName name, boolean excluding) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> coversDomain(text(constraint), text(name), excluding);
      case GeneralName.uniformResourceIdentifier ->
          coversDomain(text(constraint), NameText.host(text(name)).orElseThrow(), excluding);
      case GeneralName.rfc822Name ->
          coversMailbox(text(constraint), NameText.mailbox(text(name)).orElseThrow(), excluding);
      case GeneralName.iPAddress -> coversAddress(octets(constraint), octets(name));
      default -> false;
    };
  }

  private static boolean coversMailbox(
      String constraint, NameText.Mailbox mailbox, boolean excluding) {
    return constraint.contains("@")
        ? NameText.mailbox(constraint).equals(Optional.of(mailbox))
        : coversDomain(constraint, mailbox.domain(), excluding);
  }

  private static boolean coversDomain(String constraint, String domain, boolean excluding) {
    String suffix = constraint.toLowerCase(Locale.ROOT);
    String name = domain.toLowerCase(Locale.ROOT);
    if (suffix.isEmpty() || name.equals(suffix)) {
      return true;
    }
    boolean wildcardCouldBe =
        excluding
            && name.startsWith("*")
            && suffix.contains(".")
            && name.substring(1).equals(suffix.substring(suffix.indexOf('.')));
    return wildcardCouldBe || name.endsWith(suffix.startsWith(".") ? suffix : "." + suffix);
  }

  private static boolean coversAddress(byte[] net, byte[] address) {
    if (net.length != 2 * address.length) {
      return false;
    }
    for (int i = 0; i < address.length; i++) {
      if (((net[i] ^ address[i]) & net[i + address.length]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(GeneralName name) {
    return ASN1IA5String.getInstance(name.getName()).getString();
  }

  private static byte[] octets(GeneralName name) {
    return ASN1OctetString.getInstance(name.getName()).getOctets();
  }

  private static Optional<ASN1Primitive> extension(
      X509Certificate certificate, org.bouncycastle.asn1.ASN1ObjectIdentifier id)
      throws IOException {
    byte[] wrapped = certificate.getExtensionValue(id.getId());
    return wrapped == null
        ? Optional.empty()
        : Optional.of(JcaX509ExtensionUtils.parseExtensionValue(wrapped));
  }
}
