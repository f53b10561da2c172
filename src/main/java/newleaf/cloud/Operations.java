package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationRequest;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
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
  private final Expectation expectation = new Expectation();

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

  /// Looks again and again, as often as the service recommends, until the operation, which has just
  /// begun, has ended.
  AsyncOperation ended(String where, AsyncOperation first) {
    return ended(where, first, expectation, id -> unfinished(where, id));
  }

  /// As `ended`, of an operation that began at some time before.
  AsyncOperation earlierEnded(String where, AsyncOperation first) {
    return ended(where, first, new Expectation(), id -> unfinished(where, id));
  }

  /// As `ended`, of an operation that somebody else began.
  AsyncOperation othersEnded(String where, AsyncOperation first) {
    return ended(where, first, new Expectation(), id -> othersUnfinished(where, id));
  }

  private AsyncOperation ended(
      String where,
      AsyncOperation first,
      Expectation expected,
      Function<String, Failure> whenLate) {
    try (Expectation.Looks looks = expected.looks()) {
      return ended(where, first, looks, whenLate);
    }
  }

  /// A service that is away for a while is no reason to give up an operation that runs.
  private AsyncOperation ended(
      String where,
      AsyncOperation first,
      Expectation.Looks looks,
      Function<String, Failure> whenLate) {
    Instant begun = calls.timeline().instant();
    Instant end = begun.plus(limit);
    AsyncOperation operation = first;
    Optional<StatusRuntimeException> silence = Optional.empty();
    while (!hasEnded(operation)) {
      String id = operation.getId();
      Duration left = Duration.between(calls.timeline().instant(), end);
      if (!left.isPositive()) {
        throw silence
            .map(e -> asking(e, where, id))
            .orElseGet(() -> new NewleafException(whenLate.apply(id)));
      }
      Duration pause = looks.pause(pauseFor(operation));
      calls.pause(where, pause.compareTo(left) < 0 ? pause : left);
      try {
        operation = get(where, id);
        silence = Optional.empty();
        Duration elapsed = Duration.between(begun, calls.timeline().instant());
        if (hasEnded(operation)) {
          looks.hasEnded(elapsed);
        } else {
          looks.goesOn(elapsed);
        }
      } catch (StatusRuntimeException e) {
        if (!passes(e)) {
          throw asking(e, where, id);
        }
        looks.noAnswer();
        silence = Optional.of(e);
      }
    }
    return operation;
  }

  private static boolean passes(StatusRuntimeException error) {
    return switch (error.getStatus().getCode()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, INTERNAL -> true;
      default -> false;
    };
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
            "Run the same command again, which waits for the same operation; if it does not end"
                + " then either, give its id to Temporal support."));
  }

  private Failure othersUnfinished(String where, String id) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3019",
            where,
            "it is being changed by somebody else's operation %s, which has not ended within %d s;"
                    .formatted(Words.of(id), limit.toSeconds())
                + " until then no other change is accepted. Nothing was changed.",
            "Find out who began it, or give its id to Temporal support; then run the same command"
                + " again."));
  }
}
