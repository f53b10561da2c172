package newleaf.workflow;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.json.Json;

/// The activities as Temporal calls them: each beats while it works, and fails with words that may
/// stay in a history.
final class AtHome implements HomeActivities {
  private final String account;
  private final Home home;
  private final Beats beats;
  private final Consumer<NewleafException> failed;

  /// @param account whose workflows are served
  /// @param failed is told why an activity failed
  AtHome(String account, Home home, Beats beats, Consumer<NewleafException> failed) {
    this.account = account;
    this.home = home;
    this.beats = beats;
    this.failed = failed;
  }

  @Override
  public FleetWorkflow.Agenda plan(Ask ask) {
    return during(() -> home.plan(ask));
  }

  @Override
  public void begin(Consent consent) {
    String name = attempt();
    var _ =
        during(() -> {
          home.begin(consent, name);
          return consent;
        });
  }

  @Override
  public Window look(Look look) {
    return during(() -> home.look(look));
  }

  @Override
  public Done carryOut(Task task) {
    String attempt = attempt() + "-" + task.step().id();
    return during(() -> home.carryOut(task, attempt));
  }

  @Override
  public void approve(RotationWorkflow.Approval approval) {
    var _ =
        during(() -> {
          home.approve(approval);
          return approval;
        });
  }

  @Override
  public Drift compare(Compare compare) {
    return during(() -> home.compare(compare));
  }

  /// 12 hex digits, as a local run has them, for each try of each activity: what an earlier try
  /// began is asked for under its own name.
  private static String attempt() {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    return Json.digest(List.of(info.getWorkflowRunId(), info.getActivityId(), info.getAttempt()))
        .substring(0, 12);
  }

  private <T> T during(Callable<T> work) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    mustBeOurs(activity.getInfo());
    try (Beats.Beating _ = beats.of(activity)) {
      return work.call();
    } catch (NewleafException e) {
      failed.accept(e);
      home.say(e.failure().line());
      throw Ends.of(e);
    } catch (InterruptedException _) {
      throw Ends.of(stopping());
    } catch (Exception e) {
      home.say(
          "a mistake in newleaf: " + e.getClass().getName() + " at " + List.of(e.getStackTrace()));
      throw Ends.ofBug(e);
    }
  }

  /// Two accounts on one task queue would plan and rotate each other's files.
  private void mustBeOurs(ActivityInfo info) {
    if (!info.getWorkflowId().startsWith(WorkflowIds.all(account))) {
      throw Ends.of(
          new NewleafException(
              new Failure.Misconfigured(
                  new Explanation(
                      "NL5309",
                      info.getWorkflowId(),
                      "is not of account %s, and came to its worker.".formatted(account),
                      "Give each account a task queue of its own (temporal.taskQueue)."))));
    }
  }

  private static NewleafException stopping() {
    return new NewleafException(
        new Failure.Stopped(
            new Explanation(
                "NL5307", "worker", "is stopping.", "Another worker goes on, or this one later.")));
  }
}
