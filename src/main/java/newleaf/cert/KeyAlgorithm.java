package newleaf.cert;

import java.security.PublicKey;
import java.util.Locale;

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

  boolean fits(PublicKey key) {
    return text().equals(Certificate.keyText(key));
  }
}
