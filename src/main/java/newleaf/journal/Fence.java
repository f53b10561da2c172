package newleaf.journal;

/// Asked before each change of the world and before each journal line: may this run still act?
/// Between the question and the change the answer may grow old; compare-and-set on the resource
/// itself covers that instant.
@FunctionalInterface
public interface Fence {
  /// For whoever only looks, or is alone.
  Fence NONE = () -> {};

  /// @throws newleaf.NewleafException LockHeld when another run has taken over, or this run could
  ///   not renew its lease in time
  void check();
}
