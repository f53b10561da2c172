package newleaf.emulator.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import java.time.Duration;
import java.util.List;
import newleaf.emulator.TestClock;
import org.junit.jupiter.api.Test;

class PollersTest {
  private static final TaskQueue QUEUE = TaskQueue.newBuilder().setName("q").build();

  private final TestClock clock = new TestClock();
  private final Pollers pollers = new Pollers(clock);

  @Test
  void pollersAreToldByQueueAndTypeTheLatestFirst() {
    workflowPoll(QUEUE, "old-pod");
    clock.advance(Duration.ofMinutes(1));
    workflowPoll(QUEUE, "new-pod");
    pollers.see(
        PollActivityTaskQueueRequest.newBuilder().setTaskQueue(QUEUE).setIdentity("act").build());
    pollers.see(GetSystemInfoRequest.getDefaultInstance());

    assertThat(identities("q", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW))
        .containsExactly("new-pod", "old-pod");
    assertThat(identities("q", TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)).containsExactly("act");
    assertThat(identities("other", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)).isEmpty();
  }

  @Test
  void stickyPollCountsForTheQueueItsWorkerServes() {
    workflowPoll(
        TaskQueue.newBuilder()
            .setName("1@pod:sticky")
            .setKind(TaskQueueKind.TASK_QUEUE_KIND_STICKY)
            .setNormalName("q")
            .build(),
        "pod");

    assertThat(identities("q", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)).containsExactly("pod");
  }

  @Test
  void pollerIsForgottenAfterFiveMinutesUnlessItPollsAgain() {
    workflowPoll(QUEUE, "gone");
    workflowPoll(QUEUE, "alive");
    clock.advance(Duration.ofMinutes(5));
    workflowPoll(QUEUE, "alive");
    assertThat(identities("q", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW))
        .containsExactly("alive", "gone");

    clock.advance(Duration.ofSeconds(1));

    assertThat(identities("q", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)).containsExactly("alive");
  }

  @Test
  void lastAccessIsTheTimeOfTheLastPoll() {
    workflowPoll(QUEUE, "pod");

    assertThat(
            pollers
                .of("q", TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .getFirst()
                .getLastAccessTime()
                .getSeconds())
        .isEqualTo(clock.instant().getEpochSecond());
  }

  private void workflowPoll(TaskQueue queue, String identity) {
    pollers.see(
        PollWorkflowTaskQueueRequest.newBuilder()
            .setTaskQueue(queue)
            .setIdentity(identity)
            .build());
  }

  private List<String> identities(String queue, TaskQueueType type) {
    return pollers.of(queue, type).stream().map(PollerInfo::getIdentity).toList();
  }
}
