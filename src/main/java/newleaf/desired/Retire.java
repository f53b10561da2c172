package newleaf.desired;

/// What has to happen before an old CA is removed from a namespace.
public enum Retire {
  /// a person approves the removal (the default)
  MANUAL,
  /// the soak ended and every worker is proven to be on the new leaf
  AFTER_VERIFY
}
