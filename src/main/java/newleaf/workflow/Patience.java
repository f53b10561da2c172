package newleaf.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.DataConverterException;
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

  /// Of the worker of a cluster, once it has begun.
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private static final RetryOptions SOON_AGAIN =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .setDoNotRetry(DataConverterException.class.getName())
          .build();

  private Patience() {}

  static ClusterActivities cluster(ClusterCallWorkflow.Request request) {
    return Workflow.newActivityStub(
        ClusterActivities.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(request.taskQueue())
            .setScheduleToStartTimeout(request.limits().start())
            .setScheduleToCloseTimeout(request.limits().whole())
            .setStartToCloseTimeout(shorter(ANSWER, request.limits().whole()))
            .setRetryOptions(SOON_AGAIN)
            .setSummary(request.call().summary())
            .build());
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

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
