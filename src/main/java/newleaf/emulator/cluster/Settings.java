package newleaf.emulator.cluster;

import java.time.Duration;

/// How fast this cluster works.
///
/// @param tick how often pods are asked whether they are ready
/// @param podStart from a pod being there to its container running: scheduling, image, start
/// @param secretPropagation from a change of a Secret to new files in running pods; in a real
///   cluster up to 90 s
/// @param crashBackoff before a failed container is started again
public record Settings(
    Duration tick, Duration podStart, Duration secretPropagation, Duration crashBackoff) {
  /// Feels like a cluster and keeps a demo short.
  public static final Settings QUICK =
      new Settings(
          Duration.ofMillis(25),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
}
