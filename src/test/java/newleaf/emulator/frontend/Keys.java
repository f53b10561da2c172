package newleaf.emulator.frontend;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Key pairs for drafts. RSA keys are made once, since each takes a while.
final class Keys {
  private static final Map<String, KeyPair> SLOW = new ConcurrentHashMap<>();

  private Keys() {}

  /// @param kind as `RSA-2048`, `Ed25519` or `secp256r1`
  static KeyPair of(String kind) {
    return kind.startsWith("RSA-") ? SLOW.computeIfAbsent(kind, Keys::made) : made(kind);
  }

  private static KeyPair made(String kind) {
    try {
      KeyPairGenerator generator;
      if (kind.startsWith("RSA-")) {
        generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(Integer.parseInt(kind.substring(4)));
      } else if (kind.equals("Ed25519")) {
        generator = KeyPairGenerator.getInstance(kind);
      } else {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(kind));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
