package newleaf.emulator.cluster;

import java.nio.file.Path;
import java.util.Map;

/// What a pod is started with.
///
/// @param env of the first container, with values from Secrets resolved
/// @param secretVolumes by volume name, the directory with the Secret's files; they change there
///   when the Secret does
public record PodSpecification(
    String name,
    String namespace,
    Map<String, String> labels,
    Map<String, String> env,
    Map<String, Path> secretVolumes) {
  public PodSpecification {
    labels = Map.copyOf(labels);
    env = Map.copyOf(env);
    secretVolumes = Map.copyOf(secretVolumes);
  }

  /// Never the values of `env`: they may be secret.
  @Override
  public String toString() {
    return "PodSpecification[" + namespace + "/" + name + "]";
  }
}
