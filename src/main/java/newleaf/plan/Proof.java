package newleaf.plan;

/// What is shown to hold after a step; a handshake unless it says otherwise.
public enum Proof {
  /// a leaf made for the purpose verifies against the CA; no connection
  LEAF_VERIFIES,
  NEW_ACCEPTED,
  IN_USE_ACCEPTED,
  STRANGER_REFUSED,
  OLD_REFUSED,
  /// Kubernetes shows every pod started for the leaf
  EVERY_POD_ON_LEAF,
  /// the task queue has every pod as its poller, or somebody where there is no pod
  POLLERS_BACK,
  /// nobody can be asked; time is given
  TIME_GIVEN
}
