package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Optional;

/// What a workload of some kind says of itself: each has its own rules for when a roll-out is
/// complete, and its own ways to get stuck.
sealed interface WorkloadReading
    permits DeploymentReading, StatefulSetReading, DaemonSetReading, RolloutReading {
  /// Why a workload with that updateStrategy is stuck.
  String ON_DELETE =
      "its updateStrategy is OnDelete, so its pods stay as they are until somebody deletes them;"
          + " make it RollingUpdate";

  ObjectMeta metadata();

  PodTemplateSpec template();

  LabelSelector selector();

  /// How many pods it shall have.
  int replicas();

  /// What `kubectl rollout status` calls complete (polymorphichelpers).
  boolean rolledOut();

  /// Why that will not come, in words that follow "can not roll out: ".
  Optional<String> stuck();

  /// Why nobody may run for a while during a rolling update.
  Optional<String> pause();

  /// Whether a pod is what the last change asked for; earlier ones go away anyway.
  default boolean isLatest(Pod pod) {
    return Annotations.leaf(pod.getMetadata()).equals(Annotations.leaf(template().getMetadata()));
  }
}
