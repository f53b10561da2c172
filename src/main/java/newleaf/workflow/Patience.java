package newleaf.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/// How long activities are waited for, and how often they are tried again: without end, because a
/// peer or every worker may be away for a day. What will not get better by itself says so.
final class Patience {
  /// A worker that has not been heard of for this long is dead, and another one goes on.
  static final Duration SILENCE = Duration.ofSeconds(30);

  /// A roll-out may take 20 minutes, and steps that meet wait for each other.
  private static final Duration LONGEST = Duration.ofHours(2);

  private static final RetryOptions AGAIN =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofMinutes(1))
          .build();

  private Patience() {}

  /// A step that is under way is not broken off, also when the workflow is cancelled.
  ///
  /// @param summary for whoever looks at the workflow in Temporal's own tools
  static HomeActivities home(String summary) {
    return Workflow.newActivityStub(
        HomeActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(LONGEST)
            .setHeartbeatTimeout(SILENCE)
            .setRetryOptions(AGAIN)
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setSummary(summary)
            .build());
  }
}
