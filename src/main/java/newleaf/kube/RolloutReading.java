package newleaf.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An Argo Rollout (`argoproj.io/v1alpha1`), which no library describes here. It is restarted by
/// `spec.restartAt`: its controller evicts each pod that was created before that time, and says so
/// in `status.restartedAt`.
///
/// @param template its own, or that of the Deployment its `workloadRef` names; so is the selector
record RolloutReading(
    GenericKubernetesResource rollout, PodTemplateSpec template, LabelSelector selector)
    implements WorkloadReading {

  @Override
  public ObjectMeta metadata() {
    return rollout.getMetadata();
  }

  @Override
  public int replicas() {
    return number(1, "spec", "replicas");
  }

  Optional<Instant> restartAt() {
    return text("spec", "restartAt").flatMap(KubeLeaves::instant);
  }

  @Override
  public boolean rolledOut() {
    int updated = number(0, "status", "updatedReplicas");
    return isCurrent()
        && restarted()
        && text("status", "phase").filter("Healthy"::equals).isPresent()
        && updated >= replicas()
        && number(0, "status", "replicas") == updated
        && number(0, "status", "availableReplicas") >= updated;
  }

  private boolean restarted() {
    Optional<Instant> done = text("status", "restartedAt").flatMap(KubeLeaves::instant);
    return restartAt().isEmpty() || restartAt().equals(done);
  }

  /// Its controller writes the generation as a text; an old one wrote a hash, which says nothing.
  private boolean isCurrent() {
    return text("status", "observedGeneration")
        .filter(seen -> !seen.matches("[0-9]{1,18}") || isCurrent(Long.parseLong(seen)))
        .isPresent();
  }

  private boolean isCurrent(long seen) {
    return Count.isCurrent(metadata(), seen);
  }

  @Override
  public Optional<String> stuck() {
    if (Boolean.TRUE.equals(at("spec", "paused"))) {
      return Optional.of("it is paused (kubectl argo rollouts resume)");
    }
    if (!isCurrent()) {
      return Optional.empty();
    }
    String phase = text("status", "phase").orElse("");
    String message = text("status", "message").map(m -> ": " + m).orElse("");
    return switch (phase) {
      case "Paused" ->
          Optional.of(
              "a roll-out of it is half done and paused"
                  + message
                  + "; promote or abort that first (kubectl argo rollouts promote)");
      case "Degraded" -> Optional.of("it is degraded" + message);
      default -> deadline();
    };
  }

  private Optional<String> deadline() {
    return conditions().stream()
        .filter(c ->
            "ProgressDeadlineExceeded".equals(c.get("reason"))
                || "InvalidSpec".equals(c.get("type")) && "True".equals(c.get("status")))
        .map(c -> c.get("reason") + ": " + c.get("message"))
        .findFirst();
  }

  private List<Map<?, ?>> conditions() {
    return at("status", "conditions") instanceof List<?> all
        ? all.stream()
            .<Map<?, ?>>mapMulti((c, out) -> {
              if (c instanceof Map<?, ?> condition) {
                out.accept(condition);
              }
            })
            .toList()
        : List.of();
  }

  /// A restart evicts, and so never has one more pod than wanted.
  @Override
  public Optional<String> pause() {
    return Count.allAway(1, replicas());
  }

  @Override
  public boolean isLatest(Pod pod) {
    Optional<Instant> created = KubeLeaves.instant(pod.getMetadata().getCreationTimestamp());
    return restartAt().isEmpty() || created.filter(c -> !c.isBefore(restartAt().get())).isPresent();
  }

  private Object at(Object... path) {
    return rollout.get(path);
  }

  private Optional<String> text(Object... path) {
    return Optional.ofNullable(at(path)).map(Object::toString);
  }

  private int number(int otherwise, Object... path) {
    return at(path) instanceof Number number ? number.intValue() : otherwise;
  }
}
