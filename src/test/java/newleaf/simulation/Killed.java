package newleaf.simulation;

/// Ends a task as `kill -9` would. An error, so that nobody catches it on the way out; and whatever
/// a `finally` still calls throws it again.
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed(String why) {
    super(why, null, false, false);
  }
}
