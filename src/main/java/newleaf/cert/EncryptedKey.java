package newleaf.cert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Private keys at rest: PKCS#8 under a passphrase (RFC 8018 PBES2), written with
/// PBKDF2-HMAC-SHA256 at 600,000 rounds and AES-256-CBC. Not scrypt: neither the JDK nor step, and
/// OpenSSL only with more memory than it allows itself, could read that.
///
/// The envelope is Bouncy Castle's, the cryptography the JDK's: its ready-made PBE ciphers take
/// ASCII passphrases only.
public final class EncryptedKey {
  static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final int ROUNDS = 600_000;
  private static final int BLOCK_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN " + LABEL + "-----([A-Za-z0-9+/=\\s]*)-----END " + LABEL);

  private static final Map<ASN1ObjectIdentifier, String> DERIVATIONS =
      Map.of(
          PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
          PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
          PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
          PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");
  private static final Map<ASN1ObjectIdentifier, Integer> CIPHER_KEY_BYTES =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 16,
          NISTObjectIdentifiers.id_aes192_CBC, 24,
          NISTObjectIdentifiers.id_aes256_CBC, KEY_BYTES);

  /// To derive a key takes a processor half a second. More at once would end later, all of them,
  /// and what waits for the first would wait for the last.
  private static final Semaphore DERIVING =
      new Semaphore(Runtime.getRuntime().availableProcessors());

  private EncryptedKey() {}

  /// @param passphrase is not kept; clearing it is the caller's act
  public static String toPem(PrivateKey key, char[] passphrase, SecureRandom random) {
    byte[] plain = PrivateKeys.toPkcs8(key);
    try {
      var derivation =
          new PBKDF2Params(
              fresh(random),
              ROUNDS,
              KEY_BYTES,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
      byte[] iv = fresh(random);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, derivation, iv, passphrase).doFinal(plain);
      return Pem.block(LABEL, envelope(derivation, iv, sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2 and AES-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /// Reads what [#toPem] writes, and what `openssl pkcs8 -topk8` writes.
  ///
  /// @throws IllegalArgumentException with a sentence for the user, when the text is no such key
  public static PrivateKey parse(String pem, char[] passphrase) throws WrongPassphraseException {
    EncryptedPrivateKeyInfo info = envelopeIn(pem);
    PBES2Parameters scheme = schemeOf(info);
    PBKDF2Params derivation = derivationOf(scheme);
    var iv = ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters());
    byte[] plain;
    try {
      plain =
          cipher(Cipher.DECRYPT_MODE, derivation, iv.getOctets(), passphrase)
              .doFinal(info.getEncryptedData());
    } catch (BadPaddingException _) {
      throw new WrongPassphraseException(); // its text would tell nobody more
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the encrypted key is damaged.", e);
    }
    try {
      return PrivateKeys.fromPkcs8(plain);
    } catch (IllegalArgumentException _) {
      throw new WrongPassphraseException(); // one wrong passphrase in 256 yields a good padding
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Cipher cipher(int mode, PBKDF2Params derivation, byte[] iv, char[] passphrase)
      throws GeneralSecurityException {
    int bits = derivation.getKeyLength().intValueExact() * Byte.SIZE;
    var spec =
        new PBEKeySpec(
            passphrase, derivation.getSalt(), derivation.getIterationCount().intValueExact(), bits);
    byte[] key = {};
    try {
      key = derived(DERIVATIONS.get(derivation.getPrf().getAlgorithm()), spec);
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher;
    } finally {
      spec.clearPassword();
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] derived(String name, PBEKeySpec spec) throws GeneralSecurityException {
    DERIVING.acquireUninterruptibly();
    try {
      return SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded();
    } finally {
      DERIVING.release();
    }
  }

  private static byte[] envelope(PBKDF2Params derivation, byte[] iv, byte[] sealed)
      throws IOException {
    var scheme =
        new PBES2Parameters(
            new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
    return new EncryptedPrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, scheme), sealed)
        .getEncoded();
  }

  private static EncryptedPrivateKeyInfo envelopeIn(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("there is no PEM block with an encrypted PKCS#8 key.");
    }
    try {
      return EncryptedPrivateKeyInfo.getInstance(Base64.getMimeDecoder().decode(block.group(1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the encrypted key is damaged.", e);
    }
  }

  private static PBES2Parameters schemeOf(EncryptedPrivateKeyInfo info) {
    AlgorithmIdentifier algorithm = info.getEncryptionAlgorithm();
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw unknownScheme();
    }
    return PBES2Parameters.getInstance(algorithm.getParameters());
  }

  private static PBKDF2Params derivationOf(PBES2Parameters scheme) {
    KeyDerivationFunc function = scheme.getKeyDerivationFunc();
    Integer keyBytes = CIPHER_KEY_BYTES.get(scheme.getEncryptionScheme().getAlgorithm());
    if (keyBytes == null || !function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      throw unknownScheme();
    }
    var read = PBKDF2Params.getInstance(function.getParameters());
    if (!DERIVATIONS.containsKey(read.getPrf().getAlgorithm())) {
      throw unknownScheme();
    }
    return new PBKDF2Params(
        read.getSalt(), read.getIterationCount().intValueExact(), keyBytes, read.getPrf());
  }

  private static IllegalArgumentException unknownScheme() {
    return new IllegalArgumentException(
        "the key is encrypted by another scheme than PBKDF2 with AES-CBC; convert it with"
            + " openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000.");
  }

  private static byte[] fresh(SecureRandom random) {
    byte[] bytes = new byte[BLOCK_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
