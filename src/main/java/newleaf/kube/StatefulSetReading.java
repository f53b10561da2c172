package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.util.Optional;

/// A StatefulSet. Its controller never sets a condition, so whether it gets on shows in its pods.
record StatefulSetReading(StatefulSet set) implements WorkloadReading {
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
    return Count.of(set.getSpec().getReplicas(), 1);
  }

  @Override
  public boolean rolledOut() {
    StatefulSetStatus status = set.getStatus();
    return status != null
        && Count.isCurrent(metadata(), status.getObservedGeneration())
        && Count.of(status.getReplicas()) == replicas()
        && Count.of(status.getReadyReplicas()) >= replicas()
        && status.getUpdateRevision() != null
        && status.getUpdateRevision().equals(status.getCurrentRevision());
  }

  @Override
  public Optional<String> stuck() {
    Optional<StatefulSetUpdateStrategy> strategy = strategy();
    if (strategy.filter(s -> "OnDelete".equals(s.getType())).isPresent()) {
      return Optional.of(ON_DELETE);
    }
    return strategy
        .map(StatefulSetUpdateStrategy::getRollingUpdate)
        .map(RollingUpdateStatefulSetStrategy::getPartition)
        .filter(partition -> partition > 0)
        .map(partition ->
            ("its updateStrategy has partition %d, so pods below that number keep the template of"
                    + " before; set it to 0")
                .formatted(partition));
  }

  /// Pods have fixed names, so the next one can only start when the one before is gone.
  @Override
  public Optional<String> pause() {
    int away =
        Count.up(
            strategy()
                .map(StatefulSetUpdateStrategy::getRollingUpdate)
                .map(RollingUpdateStatefulSetStrategy::getMaxUnavailable),
            Count.ONE,
            replicas());
    return Count.allAway(Math.max(1, away), replicas());
  }

  private Optional<StatefulSetUpdateStrategy> strategy() {
    return Optional.ofNullable(set.getSpec().getUpdateStrategy());
  }
}
