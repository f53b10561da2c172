package newleaf.emulator.cluster;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of objects this API has. Only Deployments have a controller here.
enum Kind {
  NAMESPACE("", "v1", "namespaces", "Namespace"),
  SECRET("", "v1", "secrets", "Secret"),
  POD("", "v1", "pods", "Pod"),
  DEPLOYMENT("apps", "v1", "deployments", "Deployment"),
  REPLICA_SET("apps", "v1", "replicasets", "ReplicaSet"),
  STATEFUL_SET("apps", "v1", "statefulsets", "StatefulSet"),
  DAEMON_SET("apps", "v1", "daemonsets", "DaemonSet"),
  ROLLOUT("argoproj.io", "v1alpha1", "rollouts", "Rollout"),
  AUTOSCALER("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
  LEASE("coordination.k8s.io", "v1", "leases", "Lease");

  private final String group;
  private final String version;
  private final String plural;
  private final String kind;

  Kind(String group, String version, String plural, String kind) {
    this.group = group;
    this.version = version;
    this.plural = plural;
    this.kind = kind;
  }

  static Optional<Kind> of(String group, String version, String plural) {
    return Arrays.stream(values())
        .filter(k -> k.group.equals(group) && k.version.equals(version) && k.plural.equals(plural))
        .findFirst();
  }

  String group() {
    return group;
  }

  String plural() {
    return plural;
  }

  String kind() {
    return kind;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  boolean namespaced() {
    return this != NAMESPACE;
  }

  /// A status of its own, that only `/status` writes; its spec changes count as generations.
  boolean hasStatus() {
    return switch (this) {
      case POD, DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, ROLLOUT, AUTOSCALER -> true;
      case NAMESPACE, SECRET, LEASE -> false;
    };
  }
}
