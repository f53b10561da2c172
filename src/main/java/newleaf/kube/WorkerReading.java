package newleaf.kube;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// A workload and the pods its selector finds, in newleaf's words.
record WorkerReading(WorkerRef worker, WorkloadReading workload, List<Pod> pods) {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final Set<String> HOPELESS =
      Set.of("CrashLoopBackOff", "ImagePullBackOff", "CreateContainerConfigError");

  ObservedWorker observed(LeafPlace leaf, Optional<String> autoscaler) {
    return new ObservedWorker(
        worker,
        true,
        workload.replicas(),
        workload.rolledOut(),
        workload.stuck().or(this::hopelessPod),
        mounts(leaf),
        live().map(this::observed).toList(),
        WorkloadOwner.of(workload.metadata()),
        parked(),
        workload.pause(),
        autoscaler);
  }

  private Optional<Integer> parked() {
    return Annotations.of(workload.metadata(), Annotations.REPLICAS)
        .filter(Annotations::isCount)
        .map(Integer::valueOf);
  }

  private Optional<String> hopelessPod() {
    return live()
        .filter(workload::isLatest)
        .flatMap(p ->
            containers(p)
                .map(c -> c.getState() == null ? null : c.getState().getWaiting())
                .filter(w -> w != null && HOPELESS.contains(w.getReason()))
                .map(w -> "pod " + p.getMetadata().getName() + ": " + w.getReason()))
        .findFirst();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    PodStatus status = pod.getStatus();
    return status == null
        ? Stream.empty()
        : Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  private boolean mounts(LeafPlace leaf) {
    return switch (leaf) {
      case LeafPlace.Secret(var namespace, var name, var cluster) ->
          cluster.equals(worker.cluster())
              && namespace.equals(worker.namespace())
              && MountedSecrets.of(workload.template().getSpec()).contains(name);
      case LeafPlace.Directory _ -> false;
    };
  }

  /// Not being deleted, and not ended (evicted pods stay listed).
  private Stream<Pod> live() {
    return pods.stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(p -> p.getStatus() == null || !ENDED.contains(p.getStatus().getPhase()));
  }

  private ObservedWorker.Pod observed(Pod pod) {
    Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
    boolean ready =
        status.stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    Optional<Fingerprint> mark =
        worker.kind().marksPods() ? Annotations.leaf(pod.getMetadata()) : Optional.empty();
    return new ObservedWorker.Pod(
        pod.getMetadata().getName(),
        ready,
        mark,
        status.map(PodStatus::getStartTime).flatMap(KubeLeaves::instant));
  }
}
