package newleaf.apply;

import java.time.Instant;

/// How far a step is; each takes the place of the one before.
public sealed interface Progress {

  /// @param ready pods that are ready and were started for the new leaf
  record Pods(int ready, int of) implements Progress {}

  /// On the way to 0.
  record PodsLeft(int left) implements Progress {}

  /// @param polling pods that were seen polling since they started
  record Polling(int polling, int of, String taskQueue) implements Progress {}

  /// A claim is tried until the answers agree.
  ///
  /// @param agreeing so many answers in a row were as claimed
  /// @param last the last answer
  record Proving(String claim, int agreeing, int of, String last) implements Progress {}

  /// The service has accepted a change and works on it.
  record Accepted(String operation) implements Progress {}

  /// Nobody can be asked; time is given.
  record TimeGiven(String why, Instant until) implements Progress {}
}
