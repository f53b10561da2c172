package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/// What the API server does with the selector of a workload, for pods that are here already
/// (`LabelSelector` of meta/v1).
record PodSelection(LabelSelector selector) {

  boolean matches(Pod pod) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream().allMatch(e -> matches(e, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    boolean there = labels.containsKey(wanted.getKey());
    boolean among = there && wanted.getValues().contains(labels.get(wanted.getKey()));
    return switch (wanted.getOperator()) {
      case "In" -> among;
      case "NotIn" -> !among;
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      default -> false; // the API server admits no other
    };
  }
}
