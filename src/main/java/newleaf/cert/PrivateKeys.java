package newleaf.cert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// Private keys, fresh and as unencrypted PKCS#8 PEM. PKCS#8 alone, since Netty, and so every
/// worker of the Java SDK, loads neither SEC1 nor PKCS#1. No message here quotes what it read.
public final class PrivateKeys {
  private static final String LABEL = "PRIVATE KEY";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final byte[] CHALLENGE =
      "newleaf: does this key belong to this certificate?".getBytes(StandardCharsets.US_ASCII);

  private PrivateKeys() {}

  public static PrivateKey generate(KeyAlgorithm algorithm, SecureRandom random) {
    return generatePair(algorithm, random).getPrivate();
  }

  public static KeyPair generatePair(KeyAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm) {
                case EC_P256, EC_P384 -> "EC";
                case RSA_2048, RSA_3072, RSA_4096 -> "RSA";
              });
      generator.initialize(
          switch (algorithm) {
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
            case EC_P384 -> new ECGenParameterSpec("secp384r1");
            case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
            case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
            case RSA_4096 -> new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4);
          },
          random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes keys of " + algorithm.text(), e);
    }
  }

  /// The text of a `tls.key`.
  public static String toPem(PrivateKey key) {
    return Pem.block(LABEL, toPkcs8(key));
  }

  /// @throws IllegalArgumentException with a sentence for the user, when the text holds no
  ///   unencrypted PKCS#8 key, or one that Temporal Cloud would not accept
  public static PrivateKey parse(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("there is no PEM block with a key.");
    }
    return switch (block.group(1)) {
      case LABEL -> fromPkcs8(Base64.getMimeDecoder().decode(block.group(2)));
      case "EC " + LABEL -> throw notLoadable("in SEC1 form");
      case "RSA " + LABEL -> throw notLoadable("in PKCS#1 form");
      case EncryptedKey.LABEL -> throw notLoadable("encrypted");
      default -> throw new IllegalArgumentException("the PEM block is of no known kind of key.");
    };
  }

  /// Whether the key, which comes of [#parse] or was generated, is that of the certificate.
  public static boolean matches(X509Certificate certificate, PrivateKey key) {
    return switch (key) {
      case ECPrivateKey ec -> isPublicKeyOf(ec, certificate.getPublicKey());
      default -> signsFor(certificate.getPublicKey(), key);
    };
  }

  private static boolean isPublicKeyOf(ECPrivateKey key, PublicKey wanted) {
    try {
      return publicKeyOf(key).equals(wanted);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// An RSA key has parts that do not follow from each other, so it has to show that it signs.
  private static boolean signsFor(PublicKey wanted, PrivateKey key) {
    if (!wanted.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(wanted);
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false; // a key that can not sign, or of another curve or length
    }
  }

  /// A private key determines its public key, so the latter is stored nowhere.
  static PublicKey publicKeyOf(PrivateKey key) {
    try {
      return switch (key) {
        case RSAPrivateCrtKey rsa ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        case ECPrivateKey ec ->
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encodedPublic(ec)));
        default -> throw new IllegalArgumentException("the key is neither RSA nor ECDSA.");
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key has no public key.", e);
    }
  }

  /// An EC key carries its public key, as OpenSSL writes it: the JDK leaves it out, but ring, and
  /// so workers of the SDKs built on Rust (Python, TypeScript, .NET), refuse a key without.
  static byte[] toPkcs8(PrivateKey key) {
    if (!(key instanceof ECPrivateKey ec)) {
      return key.getEncoded();
    }
    try {
      int bits = curveOf(ec).getN().bitLength();
      var inner =
          new org.bouncycastle.asn1.sec.ECPrivateKey(
              bits, ec.getS(), new DERBitString(point(ec)), null);
      return new PrivateKeyInfo(algorithmOf(ec), inner).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
  }

  static PrivateKey fromPkcs8(byte[] der) {
    return keyOf("EC", der)
        .or(() -> keyOf("RSA", der))
        .orElseThrow(
            () -> new IllegalArgumentException("the key is damaged, or neither RSA nor ECDSA."));
  }

  private static Optional<PrivateKey> keyOf(String algorithm, byte[] der) {
    try {
      var spec = new PKCS8EncodedKeySpec(der);
      PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(spec);
      return Optional.of(key).filter(PrivateKeys::isInRange);
    } catch (InvalidKeySpecException _) {
      return Optional.empty(); // not of this algorithm
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /// The JDK looks at it only when the key is to sign.
  private static boolean isInRange(PrivateKey key) {
    return !(key instanceof ECPrivateKey ec)
        || ec.getS().signum() > 0 && ec.getS().compareTo(ec.getParams().getOrder()) < 0;
  }

  private static byte[] encodedPublic(ECPrivateKey key) {
    try {
      return new SubjectPublicKeyInfo(algorithmOf(key), point(key)).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
  }

  private static byte[] point(ECPrivateKey key) {
    return new FixedPointCombMultiplier()
        .multiply(curveOf(key).getG(), key.getS())
        .normalize()
        .getEncoded(false);
  }

  /// With the arithmetic that Bouncy Castle has for just this curve, five times as fast, where it
  /// has one.
  private static X9ECParameters curveOf(ECPrivateKey key) {
    var name = ASN1ObjectIdentifier.getInstance(algorithmOf(key).getParameters());
    return Optional.ofNullable(CustomNamedCurves.getByOID(name))
        .orElseGet(() -> ECNamedCurveTable.getByOID(name));
  }

  private static AlgorithmIdentifier algorithmOf(ECPrivateKey key) {
    return PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm();
  }

  private static IllegalArgumentException notLoadable(String how) {
    return new IllegalArgumentException(
        "the key is "
            + how
            + ", which workers of the Java SDK can not load; convert it with"
            + " openssl pkcs8 -topk8 -nocrypt.");
  }
}
