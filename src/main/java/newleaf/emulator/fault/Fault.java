package newleaf.emulator.fault;

import java.time.Duration;
import java.util.Optional;

/// What goes wrong, by who it concerns: any call, the account, the cluster.
public sealed interface Fault {

  /// Instead of the answer the caller gets something else, or nothing.
  sealed interface Reply extends Fault {}

  /// Of the account.
  sealed interface Cloud extends Fault {}

  /// Of the cluster.
  sealed interface Cluster extends Fault {}

  enum Moment {
    /// the call has no effect
    BEFORE_COMMIT,
    /// the call has its effect all the same
    AFTER_COMMIT
  }

  /// As a proxy answers for a server that it does not reach: UNAVAILABLE, 503.
  record Unavailable(Moment moment) implements Reply {}

  /// The connection is cut, with all calls on it.
  record Cut(Moment moment) implements Reply {}

  /// Too many calls: RESOURCE_EXHAUSTED, 429.
  ///
  /// @param retryAfter what the service recommends; empty when it says nothing
  record Exhausted(Optional<Duration> retryAfter) implements Reply {}

  /// INTERNAL, 500; the call has no effect.
  record Broken() implements Reply {}

  /// The call has its effect, and no answer comes for as long as anybody waits.
  record Late() implements Reply {}

  /// The change is accepted, and its operation ends badly.
  record Ends(Ending ending, String reason) implements Cloud {}

  enum Ending {
    FAILED,
    CANCELLED,
    REJECTED
  }

  /// The change is accepted, and its operation stays in progress.
  record NeverEnds() implements Cloud {}

  /// Somebody else begins a change of the namespace just before the call.
  ///
  /// @param ends how long it takes; empty for ever
  record Busy(Optional<Duration> ends) implements Cloud {}

  /// Once the change is fulfilled, the frontends follow one after the other.
  ///
  /// @param lag until the last one has
  record SlowSpread(Duration lag) implements Cloud {}

  /// Somebody else changes the object just before the call: not its trust, but its version.
  record Edited() implements Cloud, Cluster {}

  /// A list that shows how things were some time ago.
  record StaleList(Duration age) implements Cloud, Cluster {}

  /// Somebody else scales the Deployment just before the call.
  record Scaled(int replicas) implements Cluster {}

  /// The pod's container ends as soon as it starts.
  record Crash() implements Cluster {}

  /// The pod's container runs and is never ready.
  record NeverReady() implements Cluster {}
}
