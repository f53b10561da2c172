package newleaf.cloud;

import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceResponse;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.NamespaceUpdates;
import newleaf.apply.OperationId;
import newleaf.apply.Timeline;
import newleaf.apply.TrustChange;
import newleaf.journal.Fence;

/// Changes namespaces through the Cloud Ops API. `UpdateNamespace` replaces the whole spec, and
/// turns mTLS off when the spec has no `mtls_auth`; so what is sent is always the received spec
/// with only that part changed.
public final class GrpcNamespaceUpdates implements NamespaceUpdates {
  public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);

  private final CloudCalls calls;
  private final Operations operations;
  private final Fence fence;

  /// @param random for the jitter of retries
  /// @param limit how long one operation may take
  public GrpcNamespaceUpdates(
      CloudChannel channel, Timeline timeline, RandomGenerator random, Duration limit) {
    this(new CloudCalls(channel, timeline, random), limit, Fence.NONE);
  }

  private GrpcNamespaceUpdates(CloudCalls calls, Duration limit, Fence fence) {
    this.calls = calls;
    this.operations = new Operations(calls, limit);
    this.fence = fence;
  }

  /// Asks each time before an update is sent. Whoever calls has asked too, but since then somebody
  /// else's operation may have been waited for.
  ///
  /// @param limit how long one operation may take
  public static GrpcNamespaceUpdates fenced(
      CloudChannel channel,
      Timeline timeline,
      RandomGenerator random,
      Duration limit,
      Fence fence) {
    return new GrpcNamespaceUpdates(new CloudCalls(channel, timeline, random), limit, fence);
  }

  @Override
  public void update(
      String namespace,
      String expectedVersion,
      TrustChange change,
      OperationId operation,
      Runnable onOperation) {
    Namespace received = atRest(namespace);
    MtlsAuthSpec wanted = wanted(received, change);
    if (wanted.equals(received.getSpec().getMtlsAuth())) {
      return;
    }
    requireVersion(received, expectedVersion);
    UpdateNamespaceRequest request = request(received, wanted, operation);
    Optional<AsyncOperation> sent = send(request, change);
    if (sent.isPresent()) {
      onOperation.run();
      fulfilled(NamespaceMessages.address(namespace), sent.get());
    }
  }

  @Override
  public Settled settle(String namespace, OperationId operation) {
    String where = NamespaceMessages.address(namespace);
    Optional<AsyncOperation> found = operations.find(where, operation.value());
    if (found.isEmpty()) {
      return Settled.UNKNOWN;
    }
    return isFulfilled(operations.earlierEnded(where, found.get()))
        ? Settled.FULFILLED
        : Settled.REFUSED;
  }

  /// The namespace once nobody is changing it: before that its spec may be the one to come, which
  /// is not yet the one in force.
  private Namespace atRest(String namespace) {
    String where = NamespaceMessages.address(namespace);
    Namespace seen = get(namespace);
    Optional<AsyncOperation> running =
        seen.getAsyncOperationId().isBlank()
            ? Optional.empty()
            : operations.find(where, seen.getAsyncOperationId());
    if (running.isEmpty()) {
      return seen;
    }
    AsyncOperation _ = operations.othersEnded(where, running.get());
    return get(namespace);
  }

  private Namespace get(String namespace) {
    String where = NamespaceMessages.address(namespace);
    GetNamespaceRequest request = GetNamespaceRequest.newBuilder().setNamespace(namespace).build();
    try {
      return calls.call(where, s -> s.getNamespace(request)).getNamespace();
    } catch (StatusRuntimeException e) {
      throw calls.errors().of(e, "reading", where);
    }
  }

  private static void requireVersion(Namespace received, String expected) {
    String version = received.getResourceVersion();
    if (!version.equals(expected)) {
      String why =
          "resource version is %s, planned on %s".formatted(Words.of(version), Words.of(expected));
      throw new NewleafException(
          CloudErrors.stale(NamespaceMessages.address(received.getNamespace()), why));
    }
  }

  private static MtlsAuthSpec wanted(Namespace received, TrustChange change) {
    return new MtlsChange(received.getNamespace(), change)
        .applyTo(received.getSpec().getMtlsAuth());
  }

  private static UpdateNamespaceRequest request(
      Namespace received, MtlsAuthSpec wanted, OperationId operation) {
    return UpdateNamespaceRequest.newBuilder()
        .setNamespace(received.getNamespace())
        .setSpec(received.getSpec().toBuilder().setMtlsAuth(wanted))
        .setResourceVersion(received.getResourceVersion())
        .setAsyncOperationId(operation.value())
        .build();
  }

  /// @return empty when the service found nothing to change, and indeed there is not
  private Optional<AsyncOperation> send(UpdateNamespaceRequest request, TrustChange change) {
    String where = NamespaceMessages.address(request.getNamespace());
    try {
      AsyncOperation accepted =
          calls.call(where, s -> updateNamespace(s, request)).getAsyncOperation();
      return Optional.of(named(accepted, request));
    } catch (StatusRuntimeException e) {
      return afterRefusal(e, request, change);
    }
  }

  private UpdateNamespaceResponse updateNamespace(
      CloudServiceBlockingStub stub, UpdateNamespaceRequest request) {
    fence.check();
    return stub.updateNamespace(request);
  }

  /// An earlier try whose answer was lost may have been accepted; then this one was refused only
  /// because of it. That the service treats the same operation id as the same call is documented
  /// for no error, so ask.
  private Optional<AsyncOperation> afterRefusal(
      StatusRuntimeException error, UpdateNamespaceRequest request, TrustChange change) {
    String where = NamespaceMessages.address(request.getNamespace());
    Optional<AsyncOperation> ours =
        mayComeOfAnEarlierTry(error)
            ? operations.find(where, request.getAsyncOperationId())
            : Optional.empty();
    if (ours.isPresent()) {
      return ours;
    }
    if (!CloudErrors.saysNothingToChange(error)) {
      throw calls.errors().ofUpdate(error, where);
    }
    Namespace now = atRest(request.getNamespace());
    if (!wanted(now, change).equals(now.getSpec().getMtlsAuth())) {
      throw new NewleafException(unchanged(where), error);
    }
    return Optional.empty();
  }

  private static boolean mayComeOfAnEarlierTry(StatusRuntimeException error) {
    return switch (error.getStatus().getCode()) {
      case FAILED_PRECONDITION, ABORTED, INVALID_ARGUMENT, ALREADY_EXISTS -> true;
      default -> false;
    };
  }

  private void fulfilled(String where, AsyncOperation accepted) {
    AsyncOperation ended = operations.ended(where, accepted);
    if (!isFulfilled(ended)) {
      throw new NewleafException(Operations.failed(where, ended));
    }
  }

  private static boolean isFulfilled(AsyncOperation ended) {
    return ended.getState() == AsyncOperation.State.STATE_FULFILLED;
  }

  private static AsyncOperation named(AsyncOperation accepted, UpdateNamespaceRequest request) {
    return accepted.getId().isBlank()
        ? accepted.toBuilder().setId(request.getAsyncOperationId()).build()
        : accepted;
  }

  private static Failure unchanged(String where) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3015",
            where,
            "the service says there is nothing to change, but it does not trust what it should.",
            "Run: newleaf plan"));
  }
}
