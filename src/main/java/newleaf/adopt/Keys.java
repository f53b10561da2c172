package newleaf.adopt;

import java.util.Arrays;
import java.util.Optional;
import newleaf.cert.KeyAlgorithm;

/// Key types by the texts that certificates and the file have for them.
final class Keys {
  private Keys() {}

  static Optional<String> known(String text) {
    return algorithm(text).map(KeyAlgorithm::text);
  }

  static Optional<KeyAlgorithm> algorithm(String text) {
    return Arrays.stream(KeyAlgorithm.values()).filter(k -> k.text().equals(text)).findFirst();
  }
}
