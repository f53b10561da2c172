package newleaf.bench;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.Mint;
import newleaf.cert.PrivateKeys;

/// A few keys for many certificates: making a key takes longer than all else about a certificate,
/// and nothing that is measured looks at whether two certificates have one key.
final class Keys {
  private static final int POOL = 64;

  record Pair(PrivateKey key, PublicKey publicKey) {}

  private final List<Pair> pairs;

  Keys(long seed) {
    this.pairs =
        IntStream.range(0, POOL)
            .parallel()
            .mapToObj(i -> PrivateKeys.generate(KeyAlgorithm.EC_P256, random("key " + i, seed)))
            .map(key -> new Pair(key, Mint.publicKeyOf(key)))
            .toList();
  }

  Pair get(int number) {
    return pairs.get(Math.floorMod(number, POOL));
  }

  /// The same each time.
  static SecureRandom random(String what, long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed((what + " of " + seed).getBytes(StandardCharsets.UTF_8));
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
