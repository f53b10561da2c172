package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;

/// `tls.crt` and `tls.key` of a Secret, as certificates and a key and back.
final class TlsSecret {
  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private TlsSecret() {}

  /// The leaf and its chain; empty when there is none, or it can not be read.
  static List<X509Certificate> certificates(Secret secret) {
    try {
      return text(secret, CERTIFICATE).map(Pem::certificates).orElse(List.of());
    } catch (IllegalArgumentException _) {
      return List.of(); // a Secret without a readable leaf has none
    }
  }

  /// The leaf with its key, if the key is unencrypted PKCS#8 and belongs to the leaf.
  static Optional<HeldCertificate> held(Secret secret) {
    List<X509Certificate> found = certificates(secret);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    X509Certificate leaf = found.getFirst();
    return text(secret, KEY)
        .flatMap(pem -> key(pem, leaf.getPublicKey().getAlgorithm()))
        .filter(key -> belongs(key, leaf))
        .map(key -> new HeldCertificate(leaf, found.subList(1, found.size()), key));
  }

  /// The `data` of a Secret with this leaf.
  static Map<String, String> data(HeldCertificate leaf) {
    List<X509Certificate> all = new ArrayList<>(leaf.chain());
    all.addFirst(leaf.certificate());
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + LINES.encodeToString(leaf.key().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return Map.of(CERTIFICATE, base64(Pem.of(all)), KEY, base64(key));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<String> text(Secret secret, String name) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(name))
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
  }

  private static Optional<PrivateKey> key(String pem, String algorithm) {
    Matcher block = PKCS8.matcher(pem);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      KeyFactory keys = KeyFactory.getInstance(algorithm);
      return Optional.of(keys.generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty(); // a key that can not be read does not match, and is not described
    }
  }

  private static boolean belongs(PrivateKey key, X509Certificate leaf) {
    byte[] nonce = leaf.getSerialNumber().toByteArray();
    try {
      String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(nonce);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(leaf.getPublicKey());
      verifying.update(nonce);
      return verifying.verify(signature);
    } catch (GeneralSecurityException _) {
      return false; // keys of different curves or types do not belong together
    }
  }
}
