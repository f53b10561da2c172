package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/// The controller that a workload belongs to: an operator that writes it back when it is changed.
final class WorkloadOwner {
  private WorkloadOwner() {}

  static Optional<String> of(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .filter(o -> Boolean.TRUE.equals(o.getController()))
        .findFirst()
        .map((OwnerReference owner) -> owner.getKind() + " " + owner.getName());
  }
}
