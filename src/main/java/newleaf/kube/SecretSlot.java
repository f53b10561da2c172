package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;
import java.util.Set;

/// Whether a leaf can be written into a Secret, whoever owns it.
final class SecretSlot {
  /// All others mean something to somebody: a pull secret, a token, a release of Helm. Kubernetes
  /// never changes a type.
  private static final Set<String> TYPES = Set.of("kubernetes.io/tls", "Opaque");

  private SecretSlot() {}

  /// Why not, in words that follow the address.
  static Optional<String> obstacle(Secret secret) {
    if (Boolean.TRUE.equals(secret.getImmutable())) {
      return Optional.of("is immutable, so its data can never change");
    }
    return Optional.ofNullable(secret.getType())
        .filter(type -> !type.isEmpty() && !TYPES.contains(type))
        .map(type -> "has the type " + type + ", which is not for a certificate with its key");
  }
}
