package newleaf.observed;

import java.util.Locale;

/// The kinds of workloads that newleaf can restart.
public enum WorkloadKind {
  DEPLOYMENT("Deployment", "deployment"),
  STATEFUL_SET("StatefulSet", "statefulSet"),
  DAEMON_SET("DaemonSet", "daemonSet"),
  ROLLOUT("Argo Rollout", "rollout");

  private final String word;
  private final String key;

  WorkloadKind(String word, String key) {
    this.word = word;
    this.key = key;
  }

  /// As a sentence names it.
  public String word() {
    return word;
  }

  /// In the YAML: `statefulSet`
  public String key() {
    return key;
  }

  /// As kubectl and addresses name it: `statefulset`
  public String noun() {
    return key.toLowerCase(Locale.ROOT);
  }

  /// A DaemonSet has a pod on each node, and no number to set.
  public boolean hasReplicas() {
    return this != DAEMON_SET;
  }

  /// A changed template of an Argo Rollout would begin a canary, so its pods are restarted as they
  /// are and only the time tells which leaf they loaded.
  public boolean marksPods() {
    return this != ROLLOUT;
  }
}
