package newleaf.bench;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import newleaf.cert.Mint;

/// A few keys for many certificates: making a key takes longer than all else about a certificate,
/// and nothing that is measured looks at whether two certificates have one key. Fewer still for
/// CAs, since each is encrypted once.
final class Keys {
  private static final int POOL = 64;
  private static final int OF_CAS = 4;

  private final List<KeyPair> pairs;

  Keys(long seed) {
    this.pairs =
        IntStream.range(0, POOL)
            .parallel()
            .mapToObj(i -> Mint.keys(random("key " + i, seed)))
            .toList();
  }

  KeyPair ofLeaf(int number) {
    return pairs.get(OF_CAS + number % (POOL - OF_CAS));
  }

  KeyPair ofCa(int number) {
    return pairs.get(number % OF_CAS);
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
