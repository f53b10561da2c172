package newleaf.observed;

import java.util.Optional;

/// A CA by its name in the YAML and where its keys live.
///
/// @param directory as written in the YAML, relative to the YAML file's folder; or
///   `kubernetes:namespace/name` for a Secret
public record CaRef(String name, String directory) {
  private static final String IN_CLUSTER = "kubernetes:";

  public static CaRef inSecret(String name, LeafPlace.Secret secret) {
    return new CaRef(name, IN_CLUSTER + secret.namespace() + "/" + secret.name());
  }

  /// The Secret, when the keys are in one.
  public Optional<LeafPlace.Secret> secret() {
    int slash = directory.indexOf('/');
    return directory.startsWith(IN_CLUSTER) && slash > 0
        ? Optional.of(
            new LeafPlace.Secret(
                directory.substring(IN_CLUSTER.length(), slash), directory.substring(slash + 1)))
        : Optional.empty();
  }
}
