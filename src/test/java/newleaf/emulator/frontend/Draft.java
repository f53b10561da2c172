package newleaf.emulator.frontend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate that is still being written. It begins in newleaf's own profile; then a [Quirk]
/// spoils it, down to its bytes.
final class Draft {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  X500Name subject;
  X500Name issuer;
  BigInteger serial;
  Instant from = NOW.minus(Duration.ofDays(10));
  Instant until = NOW.plus(Duration.ofDays(10));
  KeyPair keys;
  String digest = "SHA256";
  UnaryOperator<byte[]> bytes = der -> der;
  private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
  private final Optional<Draft> signer;

  private Draft(X500Name subject, KeyPair keys, Optional<Draft> signer, BigInteger serial) {
    this.subject = subject;
    this.keys = keys;
    this.signer = signer;
    this.serial = serial;
    // an empty issuer is more than Bouncy Castle writes
    this.issuer = signer.map(s -> s.subject).filter(name -> name.size() > 0).orElse(subject);
    with(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(keys)));
  }

  static Draft root(X500Name subject, KeyPair keys, BigInteger serial) {
    return authority(new Draft(subject, keys, Optional.empty(), serial));
  }

  static Draft intermediate(X500Name subject, KeyPair keys, Draft signer, BigInteger serial) {
    return authority(new Draft(subject, keys, Optional.of(signer), serial).identifyingIssuer());
  }

  private static Draft authority(Draft draft) {
    return draft
        .with(Extension.basicConstraints, true, new BasicConstraints(true))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  static Draft leaf(X500Name subject, KeyPair keys, Draft signer, BigInteger serial) {
    return new Draft(subject, keys, Optional.of(signer), serial)
        .identifyingIssuer()
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .with(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
  }

  Draft with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      extensions.put(id, Extension.create(id, critical, value));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Draft with(ASN1ObjectIdentifier id, boolean critical, byte[] value) {
    extensions.put(id, new Extension(id, critical, value));
    return this;
  }

  Draft without(ASN1ObjectIdentifier id) {
    extensions.remove(id);
    return this;
  }

  Draft critical(ASN1ObjectIdentifier id) {
    Extension old = extensions.get(id);
    if (old != null) {
      extensions.put(id, new Extension(id, true, old.getExtnValue()));
    }
    return this;
  }

  Draft withoutExtensions() {
    extensions.clear();
    return this;
  }

  /// Signed, in DER.
  byte[] made() {
    KeyPair signing = signer.map(s -> s.keys).orElse(keys);
    try {
      var builder =
          new X509v3CertificateBuilder(
              issuer,
              serial,
              Date.from(from),
              Date.from(until),
              subject,
              SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      for (Extension extension : extensions.values()) {
        builder.addExtension(extension);
      }
      String name = algorithm(signing.getPrivate().getAlgorithm());
      return bytes.apply(
          builder
              .build(new JcaContentSignerBuilder(name).build(signing.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private String algorithm(String type) {
    return switch (type) {
      case "RSA" -> digest.equals("PSS") ? "SHA256withRSAandMGF1" : digest + "withRSA";
      case "EC" -> (digest.equals("PSS") ? "SHA384" : digest) + "withECDSA";
      default -> "Ed25519";
    };
  }

  private Draft identifyingIssuer() {
    byte[] identifier = identifier(signer.orElseThrow().keys);
    return with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier));
  }

  private static byte[] identifier(KeyPair keys) {
    byte[] encoded = keys.getPublic().getEncoded();
    return java.util.Arrays.copyOfRange(encoded, encoded.length - 20, encoded.length);
  }
}
