package newleaf.observed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;

/// A workload and its pods.
///
/// @param exists false when there is no such workload; then the rest is empty
/// @param replicas how many pods it shall have: `spec.replicas`, of a DaemonSet one for each node
/// @param rolledOut the last roll-out is complete (kubectl's rule: observedGeneration, updated,
///   available, no old pod left)
/// @param stuck why the roll-out can not complete, when Kubernetes says so
/// @param mountsSecret the pod template mounts the secret it was asked about
/// @param owner the controller that it belongs to and that writes it back, if there is one
/// @param parked the replicas it had before newleaf scaled it to 0, and has not come back to
/// @param pause why nobody works for a while during a rolling update, where it is so
/// @param autoscaler what counts its replicas, as far as it could be seen
public record ObservedWorker(
    WorkerRef worker,
    boolean exists,
    int replicas,
    boolean rolledOut,
    Optional<String> stuck,
    boolean mountsSecret,
    List<Pod> pods,
    Optional<String> owner,
    Optional<Integer> parked,
    Optional<String> pause,
    Optional<String> autoscaler) {

  /// A pod that is not being deleted.
  ///
  /// @param leaf the leaf it was started for, from the annotation `newleaf.dev/leaf` of the pod
  ///   template
  public record Pod(
      String name, boolean ready, Optional<Fingerprint> leaf, Optional<Instant> startedAt) {}

  public ObservedWorker {
    pods = List.copyOf(pods);
  }

  /// One of which there is nothing special to say.
  public ObservedWorker(
      WorkerRef worker,
      boolean exists,
      int replicas,
      boolean rolledOut,
      Optional<String> stuck,
      boolean mountsSecret,
      List<Pod> pods) {
    this(
        worker,
        exists,
        replicas,
        rolledOut,
        stuck,
        mountsSecret,
        pods,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static ObservedWorker missing(WorkerRef worker) {
    return new ObservedWorker(worker, false, 0, false, Optional.empty(), false, List.of());
  }

  /// Newleaf scaled it to 0 and was stopped before it could bring it back.
  public boolean leftAtZero() {
    return replicas == 0 && parked.filter(r -> r > 0).isPresent();
  }

  /// The pods that were not started for this leaf, nor (never rolled by newleaf) after it was
  /// written.
  public List<Pod> notOn(Fingerprint leaf, Optional<Instant> writtenAt) {
    return pods.stream().filter(p -> !on(p, leaf, writtenAt)).toList();
  }

  private static boolean on(Pod pod, Fingerprint leaf, Optional<Instant> writtenAt) {
    return pod.leaf().map(leaf::equals).orElseGet(() -> startedSince(pod, writtenAt));
  }

  /// Whether a restart for this leaf has reached the pod: pods of an Argo Rollout bear no mark.
  public boolean restartedFor(Pod pod, Fingerprint leaf, Optional<Instant> writtenAt) {
    return worker.kind().marksPods()
        ? pod.leaf().equals(Optional.of(leaf))
        : startedSince(pod, writtenAt);
  }

  private static boolean startedSince(Pod pod, Optional<Instant> writtenAt) {
    return writtenAt.isPresent()
        && pod.startedAt().isPresent()
        && !pod.startedAt().get().isBefore(writtenAt.get());
  }
}
