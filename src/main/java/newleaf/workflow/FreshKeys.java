package newleaf.workflow;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.LeafProfile;
import newleaf.cert.PrivateKeys;
import newleaf.cert.SigningRequest;

/// Keys of leaves that are not delivered yet: in the memory of this process and nowhere else, not
/// many, and not for long.
final class FreshKeys {
  static final Duration KEPT = Duration.ofHours(1);
  static final int AT_MOST = 1_000;

  private record Kept(PrivateKey key, Instant made) {}

  private final String taskQueue;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  /// @param taskQueue of this process
  FreshKeys(String taskQueue, InstantSource clock) {
    this.taskQueue = taskQueue;
    this.clock = clock;
  }

  ClusterAnswer.MadeKey make(LeafProfile profile) {
    KeyPair keys = PrivateKeys.generatePair(profile.key(), random);
    String id = "%016x".formatted(random.nextLong());
    keep(id, keys.getPrivate());
    return new ClusterAnswer.MadeKey(
        new KeyName.Made(id, taskQueue), SigningRequest.of(profile.subject(), keys));
  }

  private synchronized void keep(String id, PrivateKey key) {
    dropOld();
    kept.put(id, new Kept(key, clock.instant()));
    if (kept.size() > AT_MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  synchronized Optional<PrivateKey> find(KeyName.Made name) {
    dropOld();
    return Optional.ofNullable(kept.get(name.id())).map(Kept::key);
  }

  synchronized void drop(KeyName.Made name) {
    kept.remove(name.id());
  }

  synchronized void dropOld() {
    Instant since = clock.instant().minus(KEPT);
    kept.values().removeIf(k -> k.made().isBefore(since));
  }
}
