package newleaf.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/// Numbers in specs and statuses, which may be absent or shares of the replicas.
final class Count {
  /// What the API server takes for a bound that is not given.
  static final IntOrString QUARTER = new IntOrString("25%");

  static final IntOrString ONE = new IntOrString(1);
  static final IntOrString NONE = new IntOrString(0);

  private Count() {}

  static int of(Integer number) {
    return of(number, 0);
  }

  static int of(Integer number, int otherwise) {
    return number == null ? otherwise : number;
  }

  /// Whether a status speaks of the spec as it is.
  static boolean isCurrent(ObjectMeta metadata, Long observedGeneration) {
    return observedGeneration != null
        && (metadata.getGeneration() == null || observedGeneration >= metadata.getGeneration());
  }

  /// A share rounded up, as Kubernetes does for what may come on top.
  static int up(Optional<IntOrString> bound, IntOrString otherwise, int replicas) {
    return (int) Math.ceil(share(bound.orElse(otherwise), replicas));
  }

  /// A share rounded down, as Kubernetes does for what may be missing.
  static int down(Optional<IntOrString> bound, IntOrString otherwise, int replicas) {
    return (int) Math.floor(share(bound.orElse(otherwise), replicas));
  }

  private static double share(IntOrString bound, int replicas) {
    if (bound.getIntVal() != null) {
      return bound.getIntVal();
    }
    String text = bound.getStrVal();
    return text != null && text.matches("[0-9]{1,3}%")
        ? Integer.parseInt(text.substring(0, text.length() - 1)) * replicas / 100.0
        : 0;
  }

  /// Why nobody may run when so many pods may be missing at once.
  static Optional<String> allAway(int away, int replicas) {
    if (replicas == 0 || away < replicas) {
      return Optional.empty();
    }
    return Optional.of(
        replicas == 1
            ? "its only pod stops before the next one starts"
            : "all of its %d pods may stop before new ones start".formatted(replicas));
  }
}
