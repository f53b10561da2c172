package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.observed.LeafPlace;

/// Why a Secret is not written.
final class DeliveryRefusal {
  /// A person made or changed the Secret by kubectl, as the runbook did, and nobody writes it back;
  /// and newleaf itself, by create.
  private static final Set<String> YIELDING =
      Set.of(
          "kubectl-create",
          "kubectl-client-side-apply",
          "kubectl-replace",
          "kubectl-edit",
          "kubectl-patch",
          Annotations.FIELD_MANAGER);

  private static final Pattern NAMED = Pattern.compile("conflict with \"([^\"]+)\"");

  private DeliveryRefusal() {}

  static Failure changed(LeafPlace.Secret place) {
    return new Failure.Stale(
        new Explanation(
            "NL4002",
            place.address(),
            "the Secret was changed, made or deleted by somebody since the plan was made;"
                + " nothing was written.",
            "Plan again: newleaf plan"));
  }

  /// @throws NewleafException Refused for a Secret that is owned, or that can not hold a leaf
  static void check(LeafPlace.Secret place, Secret live) {
    Optional<String> owner = SecretOwner.of(live);
    if (owner.isPresent()) {
      throw refused(
          "NL4004",
          place,
          "the Secret belongs to " + owner.get() + ", which would write it back.",
          "Rotate it there, or use a Secret of its own in the YAML.");
    }
    Optional<String> obstacle = SecretSlot.obstacle(live);
    if (obstacle.isPresent()) {
      throw refused(
          "NL4005",
          place,
          "the Secret " + obstacle.get() + ".",
          "Use a Secret with another name in the YAML and the workload.");
    }
  }

  /// Of field managers.
  static boolean yields(String manager) {
    return YIELDING.contains(manager);
  }

  /// Whether an apply failed only for fields of writers that do not write again.
  ///
  /// @throws NewleafException Refused, naming the others
  static boolean mayForce(LeafPlace.Secret place, KubernetesClientException e) {
    List<StatusCause> conflicts =
        Optional.ofNullable(e.getStatus())
            .map(Status::getDetails)
            .map(StatusDetails::getCauses)
            .orElse(List.of())
            .stream()
            .filter(c -> "FieldManagerConflict".equals(c.getReason()))
            .toList();
    for (StatusCause conflict : conflicts) {
      Matcher named = NAMED.matcher(conflict.getMessage());
      String other = named.find() ? named.group(1) : conflict.getMessage();
      if (!yields(other)) {
        throw refused(
            "NL4003",
            place,
            "the field "
                + conflict.getField()
                + " is managed by \""
                + other
                + "\", which may"
                + " write it back.",
            "Stop that writer from managing the Secret, or use another Secret.");
      }
    }
    return !conflicts.isEmpty();
  }

  private static NewleafException refused(
      String code, LeafPlace.Secret place, String what, String next) {
    return new NewleafException(
        new Failure.Refused(new Explanation(code, place.address(), what, next)));
  }
}
