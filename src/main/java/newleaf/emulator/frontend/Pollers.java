package newleaf.emulator.frontend;

import com.google.protobuf.Timestamp;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who polled which task queue, and when last; safe for many threads.
final class Pollers {
  /// As long as the Temporal server remembers (`matching.PollerHistoryTTL`).
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private record Poller(String queue, TaskQueueType type, String identity) {}

  private final InstantSource clock;
  private final Map<Poller, Instant> lastSeen = new HashMap<>();

  Pollers(InstantSource clock) {
    this.clock = clock;
  }

  /// Remembers the sender when the message is a poll.
  void see(Object message) {
    switch (message) {
      case PollWorkflowTaskQueueRequest poll ->
          see(poll.getTaskQueue(), TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, poll.getIdentity());
      case PollActivityTaskQueueRequest poll ->
          see(poll.getTaskQueue(), TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, poll.getIdentity());
      default -> {} // no poll
    }
  }

  /// Most recent first.
  synchronized List<PollerInfo> of(String queue, TaskQueueType type) {
    Instant oldest = clock.instant().minus(REMEMBERED);
    lastSeen.values().removeIf(seen -> seen.isBefore(oldest));
    return lastSeen.entrySet().stream()
        .filter(e -> e.getKey().queue().equals(queue) && e.getKey().type() == type)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(e -> message(e.getKey().identity(), e.getValue()))
        .toList();
  }

  private synchronized void see(TaskQueue queue, TaskQueueType type, String identity) {
    // a sticky queue belongs to one worker, under the name of the queue that the worker serves
    String name = queue.getNormalName().isEmpty() ? queue.getName() : queue.getNormalName();
    lastSeen.put(new Poller(name, type, identity), clock.instant());
  }

  private static PollerInfo message(String identity, Instant seen) {
    return PollerInfo.newBuilder()
        .setIdentity(identity)
        .setLastAccessTime(
            Timestamp.newBuilder().setSeconds(seen.getEpochSecond()).setNanos(seen.getNano()))
        .setRatePerSecond(100_000) // what the server reports for a poller without a limit
        .build();
  }
}
