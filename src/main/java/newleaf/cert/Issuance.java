package newleaf.cert;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Writes the two kinds of certificates that newleaf makes, to the profile of RFC 5280.
///
/// @param issuer the signer's subject, byte by byte as it stands in its certificate
record Issuance(X500Name issuer, PrivateKey signer, SecureRandom random) {
  private static final int SERIAL_BYTES = 16;
  private static final int KEY_IDENTIFIER_BYTES = 20;
  private static final int P384_BITS = 384;

  /// Whom a certificate names, and for how long.
  record Bearer(X500Name subject, PublicKey key, Validity validity) {}

  /// A root that signs leaves only, and no further CAs. It needs no authorityKeyIdentifier (RFC
  /// 5280 4.2.1.1).
  X509Certificate ofAuthority(Bearer bearer) {
    try {
      X509v3CertificateBuilder draft = draft(bearer);
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      draft.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return signed(draft);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a CA can not be written", e);
    }
  }

  /// @param authority the CA's own key identifier; computing it anew could give another one
  X509Certificate ofLeaf(
      Bearer bearer, Optional<SubjectKeyIdentifier> authority, List<String> dnsNames) {
    try {
      X509v3CertificateBuilder draft = draft(bearer);
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      draft.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      if (authority.isPresent()) {
        byte[] identifier = authority.get().getKeyIdentifier();
        draft.addExtension(
            Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier));
      }
      if (!dnsNames.isEmpty()) {
        draft.addExtension(Extension.subjectAlternativeName, false, namesOf(dnsNames));
      }
      return signed(draft);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a leaf can not be written", e);
    }
  }

  /// The name reads `CN=...,OU=...,O=...` in RFC 2253, which is written last part first.
  static X500Name nameOf(Subject subject) {
    var name = new X500NameBuilder(BCStyle.INSTANCE);
    // as DERUTF8String, because a plain String that begins with # would be taken for hex
    subject.organization().ifPresent(o -> name.addRDN(BCStyle.O, new DERUTF8String(o)));
    subject.organizationalUnit().ifPresent(ou -> name.addRDN(BCStyle.OU, new DERUTF8String(ou)));
    name.addRDN(BCStyle.CN, new DERUTF8String(subject.commonName()));
    return name.build();
  }

  static X500Name subjectOf(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  static Optional<SubjectKeyIdentifier> subjectKeyIdentifierOf(X509Certificate certificate) {
    return Optional.ofNullable(
            certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId()))
        .map(value -> ASN1OctetString.getInstance(value).getOctets())
        .map(SubjectKeyIdentifier::getInstance);
  }

  private X509v3CertificateBuilder draft(Bearer bearer) throws IOException {
    var key = SubjectPublicKeyInfo.getInstance(bearer.key().getEncoded());
    var draft =
        new X509v3CertificateBuilder(
            issuer,
            serial(),
            Date.from(bearer.validity().notBefore()),
            Date.from(bearer.validity().notAfter()),
            bearer.subject(),
            key);
    draft.addExtension(Extension.subjectKeyIdentifier, false, identifierOf(key));
    return draft;
  }

  private X509Certificate signed(X509v3CertificateBuilder draft)
      throws IOException, OperatorCreationException {
    var signature = new JcaContentSignerBuilder(signatureName(signer)).setSecureRandom(random);
    return Pem.certificate(draft.build(signature.build(signer)).getEncoded());
  }

  static String signatureName(PrivateKey key) {
    return switch (key) {
      case ECPrivateKey ec when ec.getParams().getOrder().bitLength() >= P384_BITS ->
          "SHA384withECDSA";
      case ECPrivateKey _ -> "SHA256withECDSA";
      case PrivateKey _ -> "SHA256withRSA";
    };
  }

  /// Always positive and 16 octets long: 01 and then 126 random bits.
  private BigInteger serial() {
    byte[] octets = new byte[SERIAL_BYTES];
    random.nextBytes(octets);
    octets[0] = (byte) (octets[0] & 0x3f | 0x40);
    return new BigInteger(octets);
  }

  /// RFC 7093 section 2, method 1: the first 160 bits of the SHA-256 of the key.
  private static SubjectKeyIdentifier identifierOf(SubjectPublicKeyInfo key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getPublicKeyData().getOctets());
      return new SubjectKeyIdentifier(Arrays.copyOf(hash, KEY_IDENTIFIER_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static GeneralNames namesOf(List<String> dnsNames) {
    return new GeneralNames(
        dnsNames.stream()
            .map(n -> new GeneralName(GeneralName.dNSName, n))
            .toArray(GeneralName[]::new));
  }
}
