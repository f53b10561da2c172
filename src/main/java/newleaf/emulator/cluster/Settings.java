package newleaf.emulator.cluster;

import java.time.Duration;

/// How fast this cluster works.
///
/// @param tick how often pods are asked whether they are ready
/// @param secretPropagation from a change of a Secret to new files in running pods; in a real
///   cluster up to 90 s
/// @param crashBackoff before a failed container is started again
public record Settings(Duration tick, Duration secretPropagation, Duration crashBackoff) {
  /// A tenth of a second feels like a cluster and keeps a demo short.
  public static final Settings QUICK =
      new Settings(Duration.ofMillis(25), Duration.ofSeconds(1), Duration.ofSeconds(1));
}
