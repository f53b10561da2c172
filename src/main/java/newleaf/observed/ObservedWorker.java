package newleaf.observed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;

/// A workload and its pods.
///
/// @param exists false when the Deployment is not there; then the rest is empty
/// @param replicas `spec.replicas`
/// @param rolledOut the last roll-out is complete (kubectl's rule: observedGeneration, updated,
///   available, no old pod left)
/// @param stuck why the roll-out can not complete, when Kubernetes says so
/// @param mountsSecret the pod template mounts the secret it was asked about
public record ObservedWorker(
    WorkerRef worker,
    boolean exists,
    int replicas,
    boolean rolledOut,
    Optional<String> stuck,
    boolean mountsSecret,
    List<Pod> pods) {

  /// A pod that is not being deleted.
  ///
  /// @param leaf the leaf it was started for, from the annotation `newleaf.dev/leaf` of the pod
  ///   template
  public record Pod(
      String name, boolean ready, Optional<Fingerprint> leaf, Optional<Instant> startedAt) {}

  public ObservedWorker {
    pods = List.copyOf(pods);
  }

  /// The pods that were not started for this leaf, nor (never rolled by newleaf) after it was
  /// written.
  public List<Pod> notOn(Fingerprint leaf, Optional<Instant> writtenAt) {
    return pods.stream().filter(p -> !on(p, leaf, writtenAt)).toList();
  }

  private static boolean on(Pod pod, Fingerprint leaf, Optional<Instant> writtenAt) {
    if (pod.leaf().isPresent()) {
      return pod.leaf().get().equals(leaf);
    }
    return writtenAt.isPresent()
        && pod.startedAt().isPresent()
        && !pod.startedAt().get().isBefore(writtenAt.get());
  }
}
