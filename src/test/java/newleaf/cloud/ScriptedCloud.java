package newleaf.cloud;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceImplBase;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationRequest;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationResponse;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceResponse;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesResponse;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceResponse;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.operation.v1.AsyncOperation.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// A Cloud Ops API with a store and a script of what goes wrong. Changes take effect on acceptance.
final class ScriptedCloud extends CloudServiceImplBase {
  final Map<String, Namespace> namespaces = new TreeMap<>();
  final Map<String, AsyncOperation> operations = new ConcurrentHashMap<>();
  final List<UpdateNamespaceRequest> updates = new ArrayList<>();
  final List<GetNamespacesRequest> listings = new ArrayList<>();

  /// Next answers to reads and to updates instead of the right ones.
  final Queue<Status> failReads = new ArrayDeque<>();

  final Queue<Status> failUpdatesBefore = new ArrayDeque<>();
  final Queue<Status> failUpdatesAfterCommit = new ArrayDeque<>();

  /// What somebody else makes of a namespace just before an update arrives.
  Optional<Namespace> meanwhile = Optional.empty();

  /// The same operation id is the same call.
  boolean idempotent = true;

  int pollsUntilEnd = 1;
  State end = State.STATE_FULFILLED;
  String failureReason = "";
  Optional<Duration> checkDuration = Optional.empty();
  private int polls;

  @Override
  public void getNamespace(GetNamespaceRequest request, StreamObserver<GetNamespaceResponse> out) {
    if (failed(failReads, out)) {
      return;
    }
    Namespace found = namespaces.get(request.getNamespace());
    if (found == null) {
      out.onError(Status.NOT_FOUND.withDescription("namespace not found").asException());
      return;
    }
    answer(out, GetNamespaceResponse.newBuilder().setNamespace(found).build());
  }

  @Override
  public void getNamespaces(
      GetNamespacesRequest request, StreamObserver<GetNamespacesResponse> out) {
    listings.add(request);
    if (failed(failReads, out)) {
      return;
    }
    List<Namespace> all = List.copyOf(namespaces.values());
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int to = Math.min(all.size(), from + request.getPageSize());
    answer(
        out,
        GetNamespacesResponse.newBuilder()
            .addAllNamespaces(all.subList(from, to))
            .setNextPageToken(to < all.size() ? String.valueOf(to) : "")
            .build());
  }

  @Override
  public void updateNamespace(
      UpdateNamespaceRequest request, StreamObserver<UpdateNamespaceResponse> out) {
    updates.add(request);
    meanwhile.ifPresent(n -> namespaces.put(n.getNamespace(), n));
    if (failed(failUpdatesBefore, out)) {
      return;
    }
    AsyncOperation known = operations.get(request.getAsyncOperationId());
    if (known == null || !idempotent) {
      Optional<Status> refusal = refusal(request);
      if (refusal.isPresent()) {
        out.onError(refusal.get().asException());
        return;
      }
      commit(request);
    }
    if (failed(failUpdatesAfterCommit, out)) {
      return;
    }
    AsyncOperation operation = operations.get(request.getAsyncOperationId());
    answer(out, UpdateNamespaceResponse.newBuilder().setAsyncOperation(operation).build());
  }

  @Override
  public void getAsyncOperation(
      GetAsyncOperationRequest request, StreamObserver<GetAsyncOperationResponse> out) {
    AsyncOperation found = operations.get(request.getAsyncOperationId());
    if (found == null) {
      out.onError(Status.NOT_FOUND.withDescription("no such operation").asException());
      return;
    }
    polls++;
    if (polls >= pollsUntilEnd) {
      found = found.toBuilder().setState(end).setFailureReason(failureReason).build();
    }
    answer(out, GetAsyncOperationResponse.newBuilder().setAsyncOperation(found).build());
  }

  AsyncOperation start(String id) {
    AsyncOperation.Builder operation =
        AsyncOperation.newBuilder().setId(id).setState(State.STATE_PENDING);
    checkDuration.ifPresent(operation::setCheckDuration);
    operations.put(id, operation.build());
    return operation.build();
  }

  private Optional<Status> refusal(UpdateNamespaceRequest request) {
    Namespace present = namespaces.get(request.getNamespace());
    if (!present.getResourceVersion().equals(request.getResourceVersion())) {
      return Optional.of(Status.FAILED_PRECONDITION.withDescription("resource version mismatch"));
    }
    return present.getSpec().equals(request.getSpec())
        ? Optional.of(Status.INVALID_ARGUMENT.withDescription("nothing to change"))
        : Optional.empty();
  }

  private void commit(UpdateNamespaceRequest request) {
    var _ = start(request.getAsyncOperationId());
    Namespace present = namespaces.get(request.getNamespace());
    namespaces.put(
        request.getNamespace(),
        present.toBuilder()
            .setSpec(request.getSpec())
            .setResourceVersion(present.getResourceVersion() + "+")
            .build());
  }

  private static boolean failed(Queue<Status> script, StreamObserver<?> out) {
    Status next = script.poll();
    if (next != null) {
      out.onError(next.asException());
    }
    return next != null;
  }

  private static <T> void answer(StreamObserver<T> out, T message) {
    out.onNext(message);
    out.onCompleted();
  }
}
