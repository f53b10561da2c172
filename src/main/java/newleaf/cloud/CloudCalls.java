package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Timeline;

/// Calls the Cloud Ops API, no faster than it allows, and waits where waiting helps: as tcld does,
/// only UNAVAILABLE and RESOURCE_EXHAUSTED are tried again. The latter for long, since others of
/// the account may use up its limits (requests per second, 10 operations at a time) for a while.
final class CloudCalls {
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration EXHAUSTED_LIMIT = Duration.ofMinutes(2);
  private static final double JITTER = 0.1;

  private final CloudChannel channel;
  private final Timeline timeline;
  private final RandomGenerator random;

  CloudCalls(CloudChannel channel, Timeline timeline, RandomGenerator random) {
    this.channel = channel;
    this.timeline = timeline;
    this.random = random;
  }

  Timeline timeline() {
    return timeline;
  }

  CloudErrors errors() {
    return new CloudErrors(channel.endpoint());
  }

  /// @throws StatusRuntimeException what the last try got
  <T> T call(String where, Function<CloudServiceBlockingStub, T> rpc) {
    Instant giveUp = timeline.instant().plus(EXHAUSTED_LIMIT);
    for (int attempt = 1; ; attempt++) {
      waitForRoom(where);
      try {
        return rpc.apply(channel.stub());
      } catch (StatusRuntimeException e) {
        Instant again = timeline.instant().plus(pauseAfter(attempt, e));
        boolean worthIt =
            switch (e.getStatus().getCode()) {
              case UNAVAILABLE -> attempt < TRIES;
              case RESOURCE_EXHAUSTED -> again.isBefore(giveUp);
              default -> false;
            };
        if (!worthIt) {
          throw e;
        }
        if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
          channel.rate().hold(again);
        }
        pause(where, Duration.between(timeline.instant(), again));
      }
    }
  }

  private void waitForRoom(String where) {
    Duration wait = channel.rate().reserve(timeline.instant());
    if (wait.isPositive()) {
      pause(where, wait);
    }
  }

  void pause(String where, Duration duration) {
    try {
      timeline.pause(duration);
    } catch (InterruptedException e) {
      throw new NewleafException(
          new Failure.Stopped(
              new Explanation(
                  "NL3010",
                  where,
                  "interrupted while waiting for the Cloud Ops API at "
                      + channel.endpoint().address()
                      + "; what was sent may still take effect.",
                  "Run the same command again; that is safe.")),
          e);
    }
  }

  private Duration pauseAfter(int attempt, StatusRuntimeException error) {
    double jitter = 1 + JITTER * (2 * random.nextDouble() - 1);
    Duration growing = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration pause = growing.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : growing;
    Duration ours = Duration.ofNanos((long) (pause.toNanos() * jitter));
    return RetryHint.of(error).filter(hint -> hint.compareTo(ours) > 0).orElse(ours);
  }
}
