package newleaf.workflow;

import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.client.schedules.ScheduleUpdateInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Temporal starts by itself: rotations of what is due, and looks for drift. Making one that
/// is there already changes it.
public final class Schedules {
  /// One that was missed while Temporal was away is made up for, if it was not long ago.
  private static final Duration CATCH_UP = Duration.ofHours(1);

  private final ScheduleClient client;
  private final String taskQueue;
  private final String account;
  private final Calls calls;

  public Schedules(ControlPlane control, String account) {
    this.client = control.schedules();
    this.taskQueue = control.taskQueue();
    this.account = account;
    this.calls = new Calls(control.namespace());
  }

  /// Rotates what is due; the plan of each time needs no yes.
  public void rotate(Duration every) {
    var request = new FleetWorkflow.Request(Optional.empty(), false, Optional.empty());
    make(WorkflowIds.scheduled(account), "FleetWorkflow", request, every);
  }

  /// Fails each time that something was changed from outside, or ends within that time.
  public void lookForDrift(Duration every, Optional<Duration> failWithin) {
    make(
        WorkflowIds.drift(account), "DriftWorkflow", new HomeActivities.Compare(failWithin), every);
  }

  private void make(String id, String type, Object argument, Duration every) {
    Schedule schedule =
        Schedule.newBuilder()
            .setAction(
                ScheduleActionStartWorkflow.newBuilder()
                    .setWorkflowType(type)
                    .setArguments(argument)
                    .setOptions(
                        WorkflowOptions.newBuilder()
                            .setWorkflowId(id)
                            .setTaskQueue(taskQueue)
                            .build())
                    .build())
            .setSpec(
                ScheduleSpec.newBuilder()
                    .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                    .build())
            .setPolicy(
                SchedulePolicy.newBuilder()
                    .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                    .setCatchupWindow(CATCH_UP)
                    .build())
            .build();
    calls.of(() -> {
      try {
        return client.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
      } catch (ScheduleAlreadyRunningException _) {
        client.getHandle(id).update(before -> new ScheduleUpdate(like(schedule, before)));
        return schedule;
      }
    });
  }

  /// One that somebody paused stays so.
  private static Schedule like(Schedule wanted, ScheduleUpdateInput before) {
    return Schedule.newBuilder(wanted)
        .setState(before.getDescription().getSchedule().getState())
        .build();
  }

  /// @param what `rotation` or `drift`
  /// @param next when it starts something next
  /// @param runs how many it has started
  public record Shown(String what, Optional<Duration> every, Optional<Instant> next, long runs) {}

  /// Those that there are.
  public List<Shown> all() {
    return Stream.of(
            shown("rotation", WorkflowIds.scheduled(account)),
            shown("drift", WorkflowIds.drift(account)))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Shown> shown(String what, String id) {
    return calls.found(() -> shown(what, client.getHandle(id).describe()));
  }

  private static Shown shown(String what, ScheduleDescription found) {
    return new Shown(
        what,
        found.getSchedule().getSpec().getIntervals().stream()
            .map(ScheduleIntervalSpec::getEvery)
            .findFirst(),
        found.getInfo().getNextActionTimes().stream().findFirst(),
        found.getInfo().getNumActions());
  }

  /// @return what was there
  public List<String> remove() {
    List<String> there = all().stream().map(Shown::what).toList();
    there.forEach(what ->
        calls.of(() -> {
          client.getHandle(id(what)).delete();
          return what;
        }));
    return there;
  }

  private String id(String what) {
    return what.equals("drift") ? WorkflowIds.drift(account) : WorkflowIds.scheduled(account);
  }
}
