package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Optional;
import java.util.stream.Stream;

/// A Deployment.
record DeploymentReading(Deployment deployment) implements WorkloadReading {
  @Override
  public ObjectMeta metadata() {
    return deployment.getMetadata();
  }

  @Override
  public PodTemplateSpec template() {
    return deployment.getSpec().getTemplate();
  }

  @Override
  public LabelSelector selector() {
    return deployment.getSpec().getSelector();
  }

  @Override
  public int replicas() {
    return Count.of(deployment.getSpec().getReplicas(), 1);
  }

  @Override
  public boolean rolledOut() {
    DeploymentStatus status = deployment.getStatus();
    if (status == null || !isCurrent(status)) {
      return false;
    }
    int updated = Count.of(status.getUpdatedReplicas());
    return updated >= replicas()
        && Count.of(status.getReplicas()) == updated
        && Count.of(status.getAvailableReplicas()) >= updated;
  }

  private boolean isCurrent(DeploymentStatus status) {
    return Count.isCurrent(metadata(), status.getObservedGeneration());
  }

  /// Conditions of this generation only: after a change those of the roll-out before stay for a
  /// moment.
  @Override
  public Optional<String> stuck() {
    if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
      return Optional.of("it is paused (kubectl rollout resume)");
    }
    return Stream.ofNullable(deployment.getStatus())
        .filter(this::isCurrent)
        .flatMap(s -> s.getConditions().stream())
        .filter(c ->
            "ProgressDeadlineExceeded".equals(c.getReason())
                || ("ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus())))
        .map(c -> c.getMessage() == null ? c.getReason() : c.getReason() + ": " + c.getMessage())
        .findFirst();
  }

  @Override
  public Optional<String> pause() {
    var strategy = Optional.ofNullable(deployment.getSpec().getStrategy());
    if (strategy.filter(s -> "Recreate".equals(s.getType())).isPresent()) {
      return Optional.of("its strategy is Recreate: all pods stop before the first new one starts");
    }
    var bounds = strategy.map(s -> s.getRollingUpdate());
    int surge =
        Count.up(bounds.map(RollingUpdateDeployment::getMaxSurge), Count.QUARTER, replicas());
    int away =
        Count.down(
            bounds.map(RollingUpdateDeployment::getMaxUnavailable), Count.QUARTER, replicas());
    return Count.allAway(surge == 0 ? Math.max(1, away) : away, replicas());
  }
}
