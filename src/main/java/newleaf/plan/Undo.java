package newleaf.plan;

/// How a step is taken back.
public enum Undo {
  /// nobody trusts the CA yet: leave it, or delete its files
  LEAVE_UNUSED,
  /// take the CA out of the namespace again
  DISTRUST_AGAIN,
  FILTERS_BEFORE,
  /// the leaf before is kept beside the new one
  PREVIOUS_LEAF,
  /// restart once more, onto whichever leaf is in place then
  RESTART_AGAIN,
  /// nothing was changed
  NOTHING,
  /// the CA is put back, by newleaf itself when workers drop
  PUT_BACK
}
