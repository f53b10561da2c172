package newleaf.cert;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates in the very shapes that tcld and certstrap give them, as the reference on
/// certificates measured them.
public final class ToolCertificates {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Making RSA-4096 keys takes seconds, and nothing here depends on whose they are but one thing:
  /// CAs of one subject must differ in their key.
  private static final Map<String, KeyPair> SLOW = new ConcurrentHashMap<>();

  private final Instant start;
  private final Duration length;

  /// @param start notBefore of all that is made
  public ToolCertificates(Instant start, Duration length) {
    this.start = start;
    this.length = length;
  }

  /// `tcld gen ca --org`: a subject of only O, P-384, a random DNS name, 130 bits of serial.
  public HeldCertificate tcldCa(String organization) {
    KeyPair keys = ec("secp384r1");
    X500Name name = new X500NameBuilder().addRDN(BCStyle.O, utf8(organization)).build();
    Draft draft = draft(name, keys, name, new BigInteger(130, RANDOM).setBit(129));
    draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
    draft.add(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
    draft.identifier(keys);
    draft.dnsName(randomName(organization));
    return draft.signedBy(keys, keys);
  }

  /// `tcld gen leaf --org`: an empty OU (really), neither key usage nor its extension.
  public HeldCertificate tcldLeaf(
      HeldCertificate ca, String organization, Optional<String> commonName) {
    KeyPair keys = ec("secp384r1");
    X500NameBuilder name =
        new X500NameBuilder()
            .addRDN(BCStyle.O, utf8(organization))
            .addRDN(BCStyle.OU, new DERPrintableString(""));
    commonName.ifPresent(cn -> name.addRDN(BCStyle.CN, utf8(cn)));
    Draft draft = draft(name.build(), keys, subject(ca), new BigInteger(130, RANDOM).setBit(129));
    draft.add(Extension.basicConstraints, true, new BasicConstraints(false));
    draft.issuerIdentifier(ca);
    draft.dnsName(randomName(organization));
    return draft.signedBy(pair(ca), keys);
  }

  /// `certstrap init`: RSA-4096, serial 1 for every CA, no path length but 0.
  public HeldCertificate certstrapCa(String commonName) {
    KeyPair keys = SLOW.computeIfAbsent("4096 " + commonName.hashCode() % 3, _ -> rsa(4096));
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, utf8(commonName)).build();
    Draft draft = draft(name, keys, name, BigInteger.ONE);
    draft.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    draft.add(Extension.basicConstraints, true, new BasicConstraints(0));
    draft.identifier(keys);
    return draft.signedBy(keys, keys);
  }

  /// `certstrap sign`: no basic constraints, server and client.
  public HeldCertificate certstrapLeaf(HeldCertificate ca, String commonName) {
    KeyPair keys = SLOW.computeIfAbsent("2048", _ -> rsa(2048));
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, utf8(commonName)).build();
    Draft draft = draft(name, keys, subject(ca), new BigInteger(128, RANDOM));
    draft.add(
        Extension.keyUsage,
        true,
        new KeyUsage(
            KeyUsage.digitalSignature
                | KeyUsage.keyEncipherment
                | KeyUsage.dataEncipherment
                | KeyUsage.keyAgreement));
    draft.add(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    draft.identifier(keys);
    draft.issuerIdentifier(ca);
    return draft.signedBy(pair(ca), keys);
  }

  /// A CA of any subject without a single extension, as an old openssl script makes it.
  public HeldCertificate bareCa(X500Name name) {
    KeyPair keys = ec("secp256r1");
    return draft(name, keys, name, BigInteger.TWO).signedBy(keys, keys);
  }

  /// A CA that another CA signed.
  public HeldCertificate intermediate(HeldCertificate root, String commonName) {
    KeyPair keys = ec("secp256r1");
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, utf8(commonName)).build();
    Draft draft = draft(name, keys, subject(root), new BigInteger(64, RANDOM));
    draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
    draft.identifier(keys);
    return draft.signedBy(pair(root), keys);
  }

  /// A leaf of any subject, without extensions.
  public HeldCertificate bareLeaf(HeldCertificate ca, X500Name name) {
    KeyPair keys = ec("secp256r1");
    return draft(name, keys, subject(ca), new BigInteger(64, RANDOM)).signedBy(pair(ca), keys);
  }

  /// The same CA with the same key, for other years.
  public HeldCertificate renewed(HeldCertificate ca) {
    Draft draft = draft(subject(ca), pair(ca), subject(ca), new BigInteger(64, RANDOM));
    draft.add(Extension.basicConstraints, true, new BasicConstraints(true));
    return draft.signedBy(pair(ca), pair(ca));
  }

  private static String randomName(String organization) {
    int random = RANDOM.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36);
    return "client.root." + organization + "." + Integer.toString(random, 36);
  }

  private static DERUTF8String utf8(String text) {
    return new DERUTF8String(text);
  }

  private static X500Name subject(HeldCertificate ca) {
    return X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded());
  }

  private static KeyPair pair(HeldCertificate held) {
    return new KeyPair(held.certificate().getPublicKey(), held.key());
  }

  private Draft draft(X500Name subject, KeyPair keys, X500Name issuer, BigInteger serial) {
    return new Draft(
        new JcaX509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(start),
            Date.from(start.plus(length)),
            subject,
            keys.getPublic()));
  }

  private record Draft(X509v3CertificateBuilder builder) {
    void add(
        org.bouncycastle.asn1.ASN1ObjectIdentifier id,
        boolean critical,
        org.bouncycastle.asn1.ASN1Encodable value) {
      try {
        builder.addExtension(id, critical, value);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    void identifier(KeyPair keys) {
      try {
        add(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    void issuerIdentifier(HeldCertificate ca) {
      try {
        add(
            Extension.authorityKeyIdentifier,
            false,
            new JcaX509ExtensionUtils()
                .createAuthorityKeyIdentifier(ca.certificate().getPublicKey()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    void dnsName(String name) {
      add(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }

    HeldCertificate signedBy(KeyPair signer, KeyPair own) {
      String algorithm =
          signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      try {
        X509Certificate made =
            new JcaX509CertificateConverter()
                .getCertificate(
                    builder.build(
                        new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
        return new HeldCertificate(made, own.getPrivate());
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new java.security.spec.ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
