package newleaf.workflow;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Calls to Temporal, with its failures in newleaf's words.
///
/// @param namespace that the rotations run in
record Calls(String namespace) {
  /// For what is there already.
  private static final Duration AT_ONCE = Duration.ofSeconds(30);

  <T> T of(Supplier<T> call) {
    try {
      return call.get();
    } catch (WorkflowNotFoundException e) {
      throw none(e.getExecution().getWorkflowId());
    } catch (StatusRuntimeException e) {
      throw failed(e);
    } catch (WorkflowQueryException e) { // also when its worker can not go on with the workflow
      throw silent();
    } catch (WorkflowServiceException | ScheduleException | DataConverterException e) {
      throw e.getCause() instanceof StatusRuntimeException status ? failed(status) : unknown(e);
    }
  }

  /// @return empty when there is none
  <T> Optional<T> found(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (ScheduleException e) {
      if (e.getCause() instanceof StatusRuntimeException status
          && status.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      return of(() -> {
        throw e;
      });
    }
  }

  /// @return empty while no worker answers
  <T> Optional<T> answer(Supplier<T> question) {
    try {
      return Optional.of(of(question));
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.RemoteError(var text) && text.code().equals("NL3206")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// @return empty while it is under way
  <T> Optional<T> ended(WorkflowStub workflow, Class<T> type) {
    boolean runs =
        of(() -> workflow.describe().getStatus())
            == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    return runs ? Optional.empty() : result(workflow, type, AT_ONCE);
  }

  <T> Optional<T> result(WorkflowStub workflow, Class<T> type, Duration atMost) {
    try {
      return Optional.of(
          of(() -> {
            try {
              return workflow.getResult(atMost.toMillis(), TimeUnit.MILLISECONDS, type);
            } catch (TimeoutException _) {
              throw new Waited();
            }
          }));
    } catch (Waited _) {
      return Optional.empty();
    } catch (WorkflowFailedException e) {
      throw why(workflow, e);
    }
  }

  /// The time was over.
  private static final class Waited extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static NewleafException why(WorkflowStub workflow, WorkflowFailedException failed) {
    String id = workflow.getExecution().getWorkflowId();
    if (failed.getCause() instanceof ApplicationFailure failure) {
      return Ends.words(failure)
          .map(NewleafException::new)
          .orElseGet(() -> ended(id, failure.getOriginalMessage()));
    }
    return failed.getCause() instanceof CanceledFailure
        ? ended(id, "was cancelled")
        : ended(id, "was ended by somebody");
  }

  private static NewleafException ended(String id, String how) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL5304",
                id,
                "ended before it was done: " + how + ".",
                "What was done stays done; go on with: newleaf apply --on temporal")));
  }

  private NewleafException none(String id) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL5305",
                id,
                "is no rotation that is under way in namespace " + namespace + ".",
                "See those that are with: newleaf status")));
  }

  private NewleafException failed(StatusRuntimeException e) {
    Status status = e.getStatus();
    String what =
        status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new NewleafException(
              new Failure.Denied(
                  text(
                      "NL3203",
                      "does not let us in (" + what + ").",
                      "Correct temporal.apiKey or temporal.certificate.")));
      case NOT_FOUND ->
          new NewleafException(
              new Failure.Misconfigured(
                  text(
                      "NL3204",
                      "is not there (" + what + ").",
                      "Correct temporal.namespace, or make it.")));
      case INVALID_ARGUMENT, RESOURCE_EXHAUSTED ->
          new NewleafException(
              new Failure.Refused(
                  text(
                      "NL3205",
                      "refused what was asked of it (" + what + ").",
                      "Ask again with less at once, or later.")));
      case DEADLINE_EXCEEDED, FAILED_PRECONDITION -> // of a query: nobody polls
          silent();
      default ->
          new NewleafException(
              new Failure.RemoteError(
                  text(
                      "NL3202",
                      "can not be asked (" + what + ").",
                      "Try again later, or see temporal.address.")));
    };
  }

  private Explanation text(String code, String what, String next) {
    return new Explanation(code, "the Temporal namespace " + namespace, what, next);
  }

  private NewleafException silent() {
    return new NewleafException(
        new Failure.RemoteError(
            text("NL3206", "has no worker that answers.", "Start one with: newleaf worker")));
  }

  private NewleafException unknown(RuntimeException e) {
    return new NewleafException(
        new Failure.RemoteError(
            text(
                "NL3202",
                "can not be asked (" + e.getClass().getSimpleName() + ").",
                "Try again later.")));
  }
}
