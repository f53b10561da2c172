package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;

/// `tls.crt` and `tls.key` of a Secret, as a leaf with its key and back.
final class TlsSecret {
  /// The types of Secrets in which leaves are.
  static final List<String> TYPES = List.of("kubernetes.io/tls", "Opaque");

  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";

  private TlsSecret() {}

  static String certificates(Secret secret) {
    return text(secret, CERTIFICATE);
  }

  static LeafPair pair(Secret secret) {
    return LeafPair.of(certificates(secret), text(secret, KEY));
  }

  /// The `data` of a Secret with this leaf.
  static Map<String, String> data(HeldCertificate leaf) {
    return Map.of(
        CERTIFICATE, base64(LeafPair.certificatesOf(leaf)), KEY, base64(LeafPair.keyOf(leaf)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// An entry that is not there holds nothing, as an empty one.
  private static String text(Secret secret, String name) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(name))
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        .orElse("");
  }
}
