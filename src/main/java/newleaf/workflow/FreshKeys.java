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
import newleaf.observed.LeafPlace;

/// Keys of leaves that are not delivered yet: in the memory of this process and nowhere else, not
/// many, and not for long.
final class FreshKeys {
  static final Duration KEPT = Duration.ofHours(1);
  static final int AT_MOST = 1_000;

  /// @param place the only one that it is for
  record Fresh(LeafPlace place, PrivateKey key, Instant made) {}

  private final String taskQueue;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Fresh> kept = new LinkedHashMap<>();

  /// @param taskQueue of this process
  FreshKeys(String taskQueue, InstantSource clock) {
    this.taskQueue = taskQueue;
    this.clock = clock;
  }

  ClusterAnswer.MadeKey make(LeafPlace place, LeafProfile profile) {
    KeyPair keys = PrivateKeys.generatePair(profile.key(), random);
    String id = "%016x".formatted(random.nextLong());
    keep(id, new Fresh(place, keys.getPrivate(), clock.instant()));
    return new ClusterAnswer.MadeKey(
        new KeyName.Made(id, taskQueue), SigningRequest.of(profile.subject(), keys));
  }

  private synchronized void keep(String id, Fresh key) {
    dropOld();
    kept.put(id, key);
    if (kept.size() > AT_MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  synchronized Optional<Fresh> find(KeyName.Made name) {
    dropOld();
    return Optional.ofNullable(kept.get(name.id()));
  }

  synchronized void drop(KeyName.Made name) {
    kept.remove(name.id());
  }

  synchronized void dropOld() {
    Instant since = clock.instant().minus(KEPT);
    kept.values().removeIf(k -> k.made().isBefore(since));
  }
}
