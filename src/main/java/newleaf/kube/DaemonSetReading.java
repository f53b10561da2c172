package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDaemonSet;
import java.util.Optional;

/// A DaemonSet. How many pods it shall have only its controller knows.
record DaemonSetReading(DaemonSet set) implements WorkloadReading {
  @Override
  public ObjectMeta metadata() {
    return set.getMetadata();
  }

  @Override
  public PodTemplateSpec template() {
    return set.getSpec().getTemplate();
  }

  @Override
  public LabelSelector selector() {
    return set.getSpec().getSelector();
  }

  @Override
  public int replicas() {
    return set.getStatus() == null ? 0 : Count.of(set.getStatus().getDesiredNumberScheduled());
  }

  @Override
  public boolean rolledOut() {
    DaemonSetStatus status = set.getStatus();
    return status != null
        && Count.isCurrent(metadata(), status.getObservedGeneration())
        && Count.of(status.getUpdatedNumberScheduled()) >= replicas()
        && Count.of(status.getNumberAvailable()) >= replicas();
  }

  @Override
  public Optional<String> stuck() {
    return strategy().filter(s -> "OnDelete".equals(s.getType())).map(_ -> ON_DELETE);
  }

  @Override
  public Optional<String> pause() {
    Optional<RollingUpdateDaemonSet> bounds =
        strategy().map(DaemonSetUpdateStrategy::getRollingUpdate);
    int surge = Count.up(bounds.map(RollingUpdateDaemonSet::getMaxSurge), Count.NONE, replicas());
    int away =
        Count.up(bounds.map(RollingUpdateDaemonSet::getMaxUnavailable), Count.ONE, replicas());
    return Count.allAway(surge > 0 ? away : Math.max(1, away), replicas());
  }

  private Optional<DaemonSetUpdateStrategy> strategy() {
    return Optional.ofNullable(set.getSpec().getUpdateStrategy());
  }
}
