package newleaf.cert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The key types that Temporal Cloud accepts (RSA or ECDSA, so no Ed25519) and newleaf makes.
public enum KeyAlgorithm {
  EC_P256,
  EC_P384,
  RSA_2048,
  RSA_3072,
  RSA_4096;

  /// As written in the YAML: `ec-p256`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<KeyAlgorithm> fromText(String text) {
    return Arrays.stream(values()).filter(a -> a.text().equals(text)).findFirst();
  }

  public static List<String> texts() {
    return Arrays.stream(values()).map(KeyAlgorithm::text).toList();
  }
}
