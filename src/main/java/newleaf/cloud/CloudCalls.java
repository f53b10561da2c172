package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Timeline;

/// Calls the Cloud Ops API and waits where waiting helps: as tcld does, only UNAVAILABLE and
/// RESOURCE_EXHAUSTED are tried again.
final class CloudCalls {
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
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
    for (int attempt = 1; ; attempt++) {
      try {
        return rpc.apply(channel.stub());
      } catch (StatusRuntimeException e) {
        if (attempt == TRIES || !passes(e.getStatus().getCode())) {
          throw e;
        }
        pause(where, pauseAfter(attempt));
      }
    }
  }

  void pause(String where, Duration duration) {
    try {
      timeline.pause(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NewleafException(
          new Failure.RemoteError(
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

  private static boolean passes(Status.Code code) {
    return code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED;
  }

  private Duration pauseAfter(int attempt) {
    double jitter = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(
        (long) (FIRST_PAUSE.multipliedBy(1L << (attempt - 1)).toNanos() * jitter));
  }
}
