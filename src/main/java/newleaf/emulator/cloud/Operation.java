package newleaf.emulator.cloud;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.operation.v1.AsyncOperation.State;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One accepted change of a namespace. Its state follows from the time alone.
///
/// @param request as it came, to tell a retry from another request under the same id
/// @param wanted the spec that takes effect when the operation is fulfilled; empty for a deletion
/// @param fate how long it takes and how it ends
record Operation(
    String id,
    Type type,
    String namespace,
    Message request,
    Optional<NamespaceSpec> wanted,
    Instant started,
    Fate fate) {

  enum Type {
    CREATE(
        "CreateNamespace",
        ResourceState.RESOURCE_STATE_ACTIVATING,
        ResourceState.RESOURCE_STATE_ACTIVATION_FAILED),
    UPDATE(
        "UpdateNamespace",
        ResourceState.RESOURCE_STATE_UPDATING,
        ResourceState.RESOURCE_STATE_UPDATE_FAILED),
    DELETE(
        "DeleteNamespace",
        ResourceState.RESOURCE_STATE_DELETING,
        ResourceState.RESOURCE_STATE_DELETE_FAILED);

    final String text;
    final ResourceState busy;
    final ResourceState failed;

    Type(String text, ResourceState busy, ResourceState failed) {
      this.text = text;
      this.busy = busy;
      this.failed = failed;
    }
  }

  Instant finishes() {
    return started.plus(fate.latency());
  }

  /// The same, but over by then.
  Operation endingAt(Instant now) {
    Duration took = Duration.between(started, now);
    return new Operation(
        id,
        type,
        namespace,
        request,
        wanted,
        started,
        new Fate(fate.end(), fate.reason(), took, fate.spread()));
  }

  /// The state of the namespace afterwards.
  ResourceState leaves() {
    return switch (fate.end()) {
      case STATE_FAILED -> type.failed;
      default -> ResourceState.RESOURCE_STATE_ACTIVE; // cancelled and rejected ones did not begin
    };
  }

  boolean finishedAt(Instant now) {
    return !now.isBefore(finishes());
  }

  AsyncOperation message(Instant now, Duration checkDuration) {
    AsyncOperation.Builder message =
        AsyncOperation.newBuilder()
            .setId(id)
            .setState(stateAt(now))
            .setOperationType(type.text)
            .setStartedTime(timestamp(started))
            .setCheckDuration(
                com.google.protobuf.Duration.newBuilder()
                    .setSeconds(checkDuration.toSeconds())
                    .setNanos(checkDuration.toNanosPart()));
    if (finishedAt(now)) {
      message.setFinishedTime(timestamp(finishes())).setFailureReason(fate.reason());
    }
    return message.build();
  }

  private State stateAt(Instant now) {
    if (finishedAt(now)) {
      return fate.end();
    }
    boolean begun = !now.isBefore(started.plus(fate.latency().dividedBy(2)));
    return begun ? State.STATE_IN_PROGRESS : State.STATE_PENDING;
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
