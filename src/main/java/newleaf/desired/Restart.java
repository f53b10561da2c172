package newleaf.desired;

/// How workers come to load a new leaf.
public enum Restart {
  /// rolling update of the workload (the default): one pod after the other
  ROLLING,
  /// to 0 replicas and back, as the runbook did: no worker runs in between
  SCALE,
  /// the workers reload the mounted files by themselves
  NONE
}
