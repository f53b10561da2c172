package newleaf.emulator.x509;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// What the JDK reads in a certificate and Go's crypto/x509 does not. The service is written in Go,
/// so a CA or leaf with it is refused there before anybody asks who signed it.
public final class Legibility {
  private static final Set<ASN1ObjectIdentifier> HANDLED =
      Set.of(
          Extension.subjectKeyIdentifier,
          Extension.keyUsage,
          Extension.subjectAlternativeName,
          Extension.basicConstraints,
          Extension.nameConstraints,
          Extension.cRLDistributionPoints,
          Extension.certificatePolicies,
          Extension.policyMappings,
          Extension.authorityKeyIdentifier,
          Extension.policyConstraints,
          Extension.extendedKeyUsage,
          Extension.inhibitAnyPolicy,
          Extension.authorityInfoAccess);

  private static final Set<ASN1ObjectIdentifier> NEVER_CRITICAL =
      Set.of(
          Extension.subjectKeyIdentifier,
          Extension.authorityKeyIdentifier,
          Extension.authorityInfoAccess);

  private static final Set<Integer> HANDLED_NAMES =
      Set.of(
          GeneralName.rfc822Name,
          GeneralName.dNSName,
          GeneralName.uniformResourceIdentifier,
          GeneralName.iPAddress);

  private Legibility() {}

  /// Why Go's parser refuses the certificate, or empty.
  public static Optional<String> problemOf(X509Certificate certificate) {
    if (certificate.getSerialNumber().signum() < 0) {
      return Optional.of("has a negative serial number");
    }
    try {
      return extensions(certificate)
          .flatMap(e -> problemOf(e).map(why -> why + " (" + e.getExtnId() + ")").stream())
          .findFirst();
    } catch (IllegalArgumentException | CertificateEncodingException e) {
      return Optional.of("has an extension that can not be read: " + e.getMessage());
    }
  }

  /// Whether it asks for something, as critical, that Go does not know how to do.
  public static boolean unhandledCritical(X509Certificate certificate) {
    try {
      return extensions(certificate).anyMatch(e -> e.isCritical() && !handled(e));
    } catch (IllegalArgumentException | CertificateEncodingException _) {
      return true; // what nobody can read nobody can heed
    }
  }

  private static Stream<Extension> extensions(X509Certificate certificate)
      throws CertificateEncodingException {
    Extensions all = TBSCertificate.getInstance(certificate.getTBSCertificate()).getExtensions();
    return all == null
        ? Stream.empty()
        : Arrays.stream(all.getExtensionOIDs()).map(all::getExtension);
  }

  private static boolean handled(Extension extension) {
    ASN1ObjectIdentifier id = extension.getExtnId();
    if (id.equals(Extension.subjectAlternativeName)) {
      return names(extension).map(GeneralName::getTagNo).anyMatch(HANDLED_NAMES::contains);
    }
    if (id.equals(Extension.nameConstraints)) {
      return constraints(extension).map(GeneralName::getTagNo).allMatch(HANDLED_NAMES::contains);
    }
    return HANDLED.contains(id);
  }

  private static Optional<String> problemOf(Extension extension) {
    ASN1ObjectIdentifier id = extension.getExtnId();
    if (extension.isCritical() && NEVER_CRITICAL.contains(id)) {
      return Optional.of("has an extension that must not be critical");
    }
    boolean bad = false;
    if (id.equals(Extension.subjectKeyIdentifier)) {
      bad = !(value(extension) instanceof ASN1OctetString);
    } else if (id.equals(Extension.basicConstraints)) {
      bad = negativeLength(ASN1Sequence.getInstance(value(extension)));
    } else if (id.equals(Extension.cRLDistributionPoints)) {
      bad = relativePoint(CRLDistPoint.getInstance(value(extension)));
    } else if (id.equals(Extension.certificatePolicies)) {
      bad = repeated(CertificatePolicies.getInstance(value(extension)));
    } else if (id.equals(Extension.subjectAlternativeName)) {
      bad = !names(extension).allMatch(Legibility::readable);
    } else if (id.equals(Extension.nameConstraints)) {
      bad =
          constraints(extension).findAny().isEmpty()
              || !constraints(extension).allMatch(Legibility::readableConstraint);
    }
    return bad ? Optional.of("has an extension that Go refuses to read") : Optional.empty();
  }

  private static ASN1Encodable value(Extension extension) {
    return extension.getParsedValue();
  }

  private static boolean negativeLength(ASN1Sequence constraints) {
    for (ASN1Encodable part : constraints) {
      if (part instanceof ASN1Integer length && length.getValue().signum() < 0) {
        return true;
      }
    }
    return false;
  }

  /// Go reads only full names here.
  private static boolean relativePoint(CRLDistPoint points) {
    return Arrays.stream(points.getDistributionPoints())
        .map(p -> Optional.ofNullable(p.getDistributionPoint()))
        .flatMap(Optional::stream)
        .anyMatch(name -> name.getType() == DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER);
  }

  private static boolean repeated(CertificatePolicies policies) {
    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    return !Arrays.stream(policies.getPolicyInformation())
        .allMatch(p -> seen.add(p.getPolicyIdentifier()));
  }

  private static Stream<GeneralName> names(Extension extension) {
    ASN1Sequence all = ASN1Sequence.getInstance(value(extension));
    // an empty list is more than GeneralNames reads, and Go reads it
    return all.size() == 0
        ? Stream.empty()
        : Arrays.stream(GeneralNames.getInstance(all).getNames());
  }

  private static Stream<GeneralName> constraints(Extension extension) {
    NameConstraints constraints = NameConstraints.getInstance(value(extension));
    return Stream.of(
            Optional.ofNullable(constraints.getPermittedSubtrees()),
            Optional.ofNullable(constraints.getExcludedSubtrees()))
        .flatMap(Optional::stream)
        .flatMap(Arrays::stream)
        .map(GeneralSubtree::getBase);
  }

  private static boolean readable(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name, GeneralName.dNSName -> ascii(name);
      case GeneralName.uniformResourceIdentifier -> ascii(name) && NameText.isUri(text(name));
      case GeneralName.iPAddress -> octets(name).length == 4 || octets(name).length == 16;
      default -> true;
    };
  }

  private static boolean readableConstraint(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> ascii(name) && NameText.isDomain(text(name), true);
      case GeneralName.rfc822Name ->
          ascii(name)
              && (text(name).contains("@")
                  ? NameText.mailbox(text(name)).isPresent()
                  : NameText.isDomain(text(name), true));
      case GeneralName.uniformResourceIdentifier ->
          ascii(name) && !NameText.isAddress(text(name)) && NameText.isDomain(text(name), true);
      case GeneralName.iPAddress -> isNet(octets(name));
      default -> true;
    };
  }

  private static boolean isNet(byte[] net) {
    if (net.length != 8 && net.length != 32) {
      return false;
    }
    boolean ended = false;
    for (int bit = net.length * 4; bit < net.length * 8; bit++) {
      boolean set = (net[bit / 8] >> (7 - bit % 8) & 1) == 1;
      if (set && ended) {
        return false;
      }
      ended |= !set;
    }
    return true;
  }

  private static boolean ascii(GeneralName name) {
    return text(name).chars().allMatch(c -> c < 0x80);
  }

  private static String text(GeneralName name) {
    return ASN1IA5String.getInstance(name.getName()).getString();
  }

  private static byte[] octets(GeneralName name) {
    return ASN1OctetString.getInstance(name.getName()).getOctets();
  }
}
