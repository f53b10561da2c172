package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationRequest;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Watches asynchronous operations until they end.
final class Operations {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration UNLESS_TOLD = Duration.ofSeconds(1);

  private final CloudCalls calls;
  private final Duration limit;

  /// @param limit how long one wait may take
  Operations(CloudCalls calls, Duration limit) {
    this.calls = calls;
    this.limit = limit;
  }

  /// @return empty when the service does not know it
  Optional<AsyncOperation> find(String where, String id) {
    try {
      return Optional.of(get(where, id));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw asking(e, where, id);
    }
  }

  /// Looks again and again, as often as the service recommends, until the operation has ended.
  AsyncOperation ended(String where, AsyncOperation first) {
    Instant end = calls.timeline().instant().plus(limit);
    AsyncOperation operation = first;
    while (!hasEnded(operation)) {
      Duration left = Duration.between(calls.timeline().instant(), end);
      if (!left.isPositive()) {
        throw new NewleafException(unfinished(where, operation.getId()));
      }
      Duration pause = pauseFor(operation);
      calls.pause(where, pause.compareTo(left) < 0 ? pause : left);
      operation = again(where, operation.getId());
    }
    return operation;
  }

  static Failure failed(String where, AsyncOperation operation) {
    String reason = operation.getFailureReason();
    return new Failure.RemoteError(
        new Explanation(
            "NL3013",
            where,
            "operation %s is %s: %s. It had no effect."
                .formatted(
                    Words.of(operation.getId()),
                    operation.getState().name().replaceFirst("^STATE_", ""),
                    reason.isBlank() ? "the service gives no reason" : Words.of(reason)),
            "Run: newleaf plan"));
  }

  private AsyncOperation again(String where, String id) {
    try {
      return get(where, id);
    } catch (StatusRuntimeException e) {
      throw asking(e, where, id);
    }
  }

  private AsyncOperation get(String where, String id) {
    GetAsyncOperationRequest request =
        GetAsyncOperationRequest.newBuilder().setAsyncOperationId(id).build();
    AsyncOperation found = calls.call(where, s -> s.getAsyncOperation(request)).getAsyncOperation();
    return found.toBuilder().setId(id).build();
  }

  private NewleafException asking(StatusRuntimeException error, String where, String id) {
    return calls.errors().of(error, "asking for operation " + id, where);
  }

  private static boolean hasEnded(AsyncOperation operation) {
    return switch (operation.getState()) {
      case STATE_FAILED, STATE_CANCELLED, STATE_FULFILLED, STATE_REJECTED -> true;
      case STATE_UNSPECIFIED, STATE_PENDING, STATE_IN_PROGRESS, UNRECOGNIZED -> false;
    };
  }

  private static Duration pauseFor(AsyncOperation operation) {
    if (!operation.hasCheckDuration()) {
      return UNLESS_TOLD;
    }
    var hint = operation.getCheckDuration();
    Duration asked = Duration.ofSeconds(hint.getSeconds(), hint.getNanos());
    if (asked.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private Failure unfinished(String where, String id) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3014",
            where,
            "operation "
                + Words.of(id)
                + " has not ended within "
                + limit.toSeconds()
                + " s; it may still take effect.",
            "Run the same command again; that is safe, it waits for the same operation."));
  }
}
