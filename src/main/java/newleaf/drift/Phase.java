package newleaf.drift;

/// How far a generation of a CA is. Derived from facts each time, and stored nowhere.
public enum Phase {
  /// made, and nobody accepts it
  GENERATED,
  /// accepted, and no leaf comes from it yet
  STAGED,
  /// the leaves in place come from it
  ACTIVE,
  /// a newer one is in use, and this one is still accepted or some leaf still comes from it
  RETIRING,
  /// a newer one is in use; this one is neither accepted nor used
  REMOVED
}
