package newleaf.kube;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// A Deployment and the pods its selector finds, in newleaf's words.
record DeploymentReading(Deployment deployment, List<Pod> pods) {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final Set<String> HOPELESS =
      Set.of("CrashLoopBackOff", "ImagePullBackOff", "CreateContainerConfigError");

  ObservedWorker observed(WorkerRef worker, LeafPlace leaf) {
    return new ObservedWorker(
        worker,
        true,
        replicas(),
        rolledOut(),
        stuck(),
        mounts(worker, leaf),
        live().map(DeploymentReading::observed).toList());
  }

  private int replicas() {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  /// What kubectl rollout status calls successfully rolled out (polymorphichelpers).
  private boolean rolledOut() {
    DeploymentStatus status = deployment.getStatus();
    if (status == null || !isCurrent(status)) {
      return false;
    }
    int updated = count(status.getUpdatedReplicas());
    return updated >= replicas()
        && count(status.getReplicas()) == updated
        && count(status.getAvailableReplicas()) >= updated;
  }

  private boolean isCurrent(DeploymentStatus status) {
    return status.getObservedGeneration() != null
        && status.getObservedGeneration() >= deployment.getMetadata().getGeneration();
  }

  private static int count(Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }

  private Optional<String> stuck() {
    if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
      return Optional.of("the Deployment is paused");
    }
    return deadline().or(this::hopelessPod);
  }

  /// Of this generation: after a change the condition of the roll-out before stays for a moment.
  private Optional<String> deadline() {
    return Stream.ofNullable(deployment.getStatus())
        .filter(this::isCurrent)
        .flatMap(s -> s.getConditions().stream())
        .filter(c ->
            "ProgressDeadlineExceeded".equals(c.getReason())
                || ("ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus())))
        .map(c -> c.getMessage() == null ? c.getReason() : c.getReason() + ": " + c.getMessage())
        .findFirst();
  }

  /// Of pods of today's template only: old ones go away anyway.
  private Optional<String> hopelessPod() {
    var leaf = Annotations.leaf(deployment.getSpec().getTemplate().getMetadata());
    return live()
        .filter(p -> Annotations.leaf(p.getMetadata()).equals(leaf))
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

  private boolean mounts(WorkerRef worker, LeafPlace leaf) {
    return switch (leaf) {
      case LeafPlace.Secret(var namespace, var name) ->
          namespace.equals(worker.namespace())
              && MountedSecrets.of(deployment.getSpec().getTemplate().getSpec()).contains(name);
      case LeafPlace.Directory _ -> false;
    };
  }

  /// Not being deleted, and not ended (evicted pods stay listed).
  private Stream<Pod> live() {
    return pods.stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(p -> p.getStatus() == null || !ENDED.contains(p.getStatus().getPhase()));
  }

  private static ObservedWorker.Pod observed(Pod pod) {
    Optional<PodStatus> status = Optional.ofNullable(pod.getStatus());
    boolean ready =
        status.stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    return new ObservedWorker.Pod(
        pod.getMetadata().getName(),
        ready,
        Annotations.leaf(pod.getMetadata()),
        status.map(PodStatus::getStartTime).flatMap(KubeLeaves::instant));
  }
}
