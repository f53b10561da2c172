package newleaf.workflow;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Signs of life of activities: without them Temporal has another worker go on.
final class Beats implements AutoCloseable {
  private static final Duration EVERY = Patience.SILENCE.dividedBy(6);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("beats").factory());

  record Beating(ScheduledFuture<?> beats) implements AutoCloseable {
    @Override
    public void close() {
      beats.cancel(false);
    }
  }

  Beating of(ActivityExecutionContext activity) {
    return new Beating(
        clock.scheduleAtFixedRate(
            () -> beat(activity), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS));
  }

  /// A step is not broken off because nobody waits for it any more: its end is written down.
  private static void beat(ActivityExecutionContext activity) {
    try {
      activity.heartbeat(null);
    } catch (ActivityCompletionException _) {
      return; // cancelled, or tried again elsewhere after a long silence: the lock decides who acts
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
