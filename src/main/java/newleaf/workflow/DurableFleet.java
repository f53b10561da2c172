package newleaf.workflow;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.workflow.HomeActivities.Ask;
import newleaf.workflow.HomeActivities.Consent;

/// See [FleetWorkflow].
public final class DurableFleet implements FleetWorkflow {
  /// Rotations that are started by one run of it; a history is only so long.
  private static final int AT_ONCE = 1_000;

  /// Of starting a rotation that begins or ends at the same moment.
  private static final int TRIES = 5;

  private Optional<Agenda> agenda = Optional.empty();
  private String agreed = "";

  @Override
  public Result rotateAll(Request request) {
    try {
      return request.rest().map(this::start).orElseGet(() -> plan(request));
    } catch (ActivityFailure e) {
      throw Ends.ofWorkflow(e);
    }
  }

  private Result plan(Request request) {
    Agenda planned = Patience.home("plan").plan(new Ask(request.expect()));
    agenda = Optional.of(planned);
    boolean yes =
        !request.ask()
            || planned.shares().isEmpty()
            || Workflow.await(PATIENCE, () -> agreed.equals(planned.digest()));
    if (!yes || planned.shares().isEmpty()) {
      return new Result(planned.digest(), List.of(), yes);
    }
    Patience.home("begin").begin(new Consent(planned.digest()));
    return start(new Rest(planned.digest(), planned.shares(), List.of()));
  }

  private Result start(Rest rest) {
    List<String> now = rest.shares().subList(0, Math.min(AT_ONCE, rest.shares().size()));
    Map<String, Promise<WorkflowExecution>> starting = new LinkedHashMap<>();
    now.forEach(share -> starting.put(share, start(share, rest.digest())));
    starting.forEach((share, start) -> awaitStart(share, start, rest.digest(), TRIES));
    List<String> started = new ArrayList<>(rest.started());
    started.addAll(now);
    if (now.size() < rest.shares().size()) {
      List<String> left = rest.shares().subList(now.size(), rest.shares().size());
      var next = new Rest(rest.digest(), List.copyOf(left), started);
      Workflow.continueAsNew(new Request(Optional.empty(), false, Optional.of(next)));
    }
    return new Result(rest.digest(), started, true);
  }

  private static Promise<WorkflowExecution> start(String share, String digest) {
    RotationWorkflow rotation =
        Workflow.newChildWorkflowStub(
            RotationWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.beside(Workflow.getInfo().getWorkflowId(), share))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setStaticSummary(share)
                .build());
    Promise<Long> _ =
        Async.function(
            rotation::rotate, new RotationWorkflow.Request(share, digest, Optional.empty()));
    return Workflow.getWorkflowExecution(rotation);
  }

  /// One that is under way goes on, with the plan that was said yes to last. One that ended just
  /// then is started again.
  private static void awaitStart(
      String share, Promise<WorkflowExecution> start, String digest, int tries) {
    try {
      var _ = start.get();
    } catch (ChildWorkflowFailure started) {
      String id = WorkflowIds.beside(Workflow.getInfo().getWorkflowId(), share);
      try {
        Workflow.newExternalWorkflowStub(RotationWorkflow.class, id).adopt(digest);
      } catch (TemporalFailure gone) {
        if (tries == 1) {
          throw gone;
        }
        awaitStart(share, start(share, digest), digest, tries - 1);
      }
    }
  }

  @Override
  public void consent(String digest) {
    agreed = digest;
  }

  @Override
  public Planned planned() {
    return new Planned(agenda);
  }
}
