package newleaf.emulator.frontend;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// What one certificate says of policies, by their object identifiers.
///
/// @param mappings from the issuer's policy to those of the subject
/// @param requireExplicit after how many certificates, as the other two
record PolicyTerms(
    boolean selfIssued,
    Set<String> policies,
    Map<String, Set<String>> mappings,
    Optional<Integer> requireExplicit,
    Optional<Integer> inhibitMapping,
    Optional<Integer> inhibitAny) {

  static PolicyTerms of(X509Certificate certificate) {
    Optional<PolicyConstraints> constraints =
        value(certificate, Extension.policyConstraints).map(PolicyConstraints::getInstance);
    return new PolicyTerms(
        IssuerRules.named(certificate, certificate),
        value(certificate, Extension.certificatePolicies)
            .map(PolicyTerms::policies)
            .orElse(Set.of()),
        value(certificate, Extension.policyMappings).map(PolicyTerms::mappings).orElse(Map.of()),
        constraints.map(PolicyConstraints::getRequireExplicitPolicyMapping).map(PolicyTerms::count),
        constraints.map(PolicyConstraints::getInhibitPolicyMapping).map(PolicyTerms::count),
        value(certificate, Extension.inhibitAnyPolicy)
            .map(v -> count(ASN1Integer.getInstance(v).getValue())));
  }

  private static Set<String> policies(ASN1Encodable value) {
    Set<String> all = new HashSet<>();
    Arrays.stream(CertificatePolicies.getInstance(value).getPolicyInformation())
        .forEach(p -> all.add(p.getPolicyIdentifier().getId()));
    return Set.copyOf(all);
  }

  private static Map<String, Set<String>> mappings(ASN1Encodable value) {
    Map<String, Set<String>> all = new HashMap<>();
    for (ASN1Encodable each : ASN1Sequence.getInstance(value)) {
      List<ASN1Encodable> pair = List.of(ASN1Sequence.getInstance(each).toArray());
      all.computeIfAbsent(id(pair.getFirst()), _ -> new HashSet<>()).add(id(pair.getLast()));
    }
    return Map.copyOf(all);
  }

  private static String id(ASN1Encodable value) {
    return ASN1ObjectIdentifier.getInstance(value).getId();
  }

  private static int count(BigInteger certificates) {
    return certificates.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
  }

  private static Optional<ASN1Encodable> value(
      X509Certificate certificate, ASN1ObjectIdentifier id) {
    try {
      Extensions all = TBSCertificate.getInstance(certificate.getTBSCertificate()).getExtensions();
      return Optional.ofNullable(all).map(e -> e.getExtensionParsedValue(id));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate can not be encoded", e);
    }
  }
}
