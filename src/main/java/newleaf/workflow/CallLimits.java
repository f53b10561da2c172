package newleaf.workflow;

import java.time.Duration;
import newleaf.journal.RunLock;

/// How long the worker of a cluster is waited for. While it is away for longer the step is tried
/// again and again, and does not keep the lock all that time.
///
/// @param question from asking to the answer
/// @param change from asking to its end
/// @param start until the one process begins that has a new key; one that has ended takes it along
public record CallLimits(Duration question, Duration change, Duration start) {
  /// The worker of a cluster may move to another machine while a question waits. Somebody else may
  /// hold the lock when half of a lease is over since it was looked at, so a change has to end
  /// before that.
  public static final CallLimits USUAL =
      new CallLimits(
          Duration.ofMinutes(5), RunLock.LEASE.dividedBy(2).minusSeconds(5), Duration.ofMinutes(1));

  ClusterCallWorkflow.Limits of(ClusterCall call) {
    Duration whole =
        switch (call) {
          case ClusterCall.Change _ -> change;
          case ClusterCall.Question _ -> question;
        };
    return new ClusterCallWorkflow.Limits(
        call.madeKey().isPresent() ? Patience.shorter(start, whole) : whole, whole);
  }
}
