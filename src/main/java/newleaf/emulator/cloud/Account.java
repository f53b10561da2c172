package newleaf.emulator.cloud;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.cloudservice.v1.CreateNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.DeleteNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The namespaces of one account and the operations on them; safe for many threads. Time moves
/// operations on: whoever looks first after an operation's end puts it into effect.
public final class Account {
  private static final Set<ResourceState> NOT_ACTIVATED =
      Set.of(
          ResourceState.RESOURCE_STATE_ACTIVATING, ResourceState.RESOURCE_STATE_ACTIVATION_FAILED);

  private final Settings settings;
  private final InstantSource clock;
  private final Faults faults = new Faults();
  private final NavigableMap<String, Namespace> namespaces = new TreeMap<>();
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Operation> inFlight = new HashMap<>(); // by namespace, one each
  private long versions;

  public Account(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  public Settings settings() {
    return settings;
  }

  public Faults faults() {
    return faults;
  }

  public synchronized Optional<Namespace> namespace(String id) {
    settle();
    return Optional.ofNullable(namespaces.get(id));
  }

  /// The spec that the frontend goes by: none before the namespace is activated, and the old one
  /// while an update runs.
  public synchronized Optional<NamespaceSpec> inEffect(String id) {
    return namespace(id).filter(n -> !NOT_ACTIVATED.contains(n.getState())).map(Namespace::getSpec);
  }

  /// A namespace that is there from the start, by no operation and unchecked (so an expired CA can
  /// be put in). Returns its full name.
  public synchronized String add(NamespaceSpec spec) {
    String id = fullName(spec);
    namespaces.put(id, fresh(id, SpecRules.normalised(spec)).build());
    return id;
  }

  /// Somebody else changes the namespace, at once and unchecked.
  public synchronized void edit(String id, UnaryOperator<NamespaceSpec> change) {
    settle();
    Namespace namespace = existing(id);
    refuseWhileBusy(namespace);
    NamespaceSpec spec = SpecRules.normalised(change.apply(namespace.getSpec()));
    namespaces.put(id, changed(namespace).setSpec(spec).build());
  }

  /// All namespaces whose full name comes after the given one, in ascending order.
  synchronized List<Namespace> after(String id) {
    settle();
    return List.copyOf(namespaces.tailMap(id, false).values());
  }

  synchronized AsyncOperation operation(String id) {
    settle();
    Operation operation = operations.get(id);
    if (operation == null) {
      throw notFound("async operation '" + id + "' not found");
    }
    return message(operation);
  }

  synchronized AsyncOperation create(CreateNamespaceRequest request) {
    return once(
        request.getAsyncOperationId(),
        request,
        operationId -> {
          String id = fullName(request.getSpec());
          NamespaceSpec wanted = SpecRules.created(request.getSpec(), clock.instant());
          if (namespaces.containsKey(id)) {
            throw Status.ALREADY_EXISTS
                .withDescription("namespace '" + id + "' already exists")
                .asRuntimeException();
          }
          Operation operation =
              begin(operationId, Operation.Type.CREATE, id, request, Optional.of(wanted));
          namespaces.put(id, busy(fresh(id, wanted), operation));
          return operation;
        });
  }

  synchronized AsyncOperation update(UpdateNamespaceRequest request) {
    return once(
        request.getAsyncOperationId(),
        request,
        operationId -> {
          Namespace namespace = changeable(request.getNamespace(), request.getResourceVersion());
          NamespaceSpec wanted =
              SpecRules.updated(namespace.getSpec(), request.getSpec(), clock.instant());
          Operation operation =
              begin(
                  operationId,
                  Operation.Type.UPDATE,
                  namespace.getNamespace(),
                  request,
                  Optional.of(wanted));
          namespaces.put(namespace.getNamespace(), busy(changed(namespace), operation));
          return operation;
        });
  }

  synchronized AsyncOperation delete(DeleteNamespaceRequest request) {
    return once(
        request.getAsyncOperationId(),
        request,
        operationId -> {
          Namespace namespace = changeable(request.getNamespace(), request.getResourceVersion());
          if (namespace.getSpec().getLifecycle().getEnableDeleteProtection()) {
            throw precondition("namespace is protected against deletion");
          }
          Operation operation =
              begin(
                  operationId,
                  Operation.Type.DELETE,
                  namespace.getNamespace(),
                  request,
                  Optional.empty());
          namespaces.put(namespace.getNamespace(), busy(changed(namespace), operation));
          return operation;
        });
  }

  /// The client chooses the operation id, so that a repeated request changes nothing twice.
  private AsyncOperation once(
      String chosenId, Message request, Function<String, Operation> change) {
    settle();
    Operation known = operations.get(chosenId);
    if (known != null) {
      if (!known.request().equals(request)) {
        throw SpecRules.invalid(
            "async operation id '" + chosenId + "' was used for another request");
      }
      return message(known);
    }
    faults.strikeBeforeCommit();
    Operation begun = change.apply(chosenId.isEmpty() ? UUID.randomUUID().toString() : chosenId);
    faults.strikeAfterCommit();
    return message(begun);
  }

  private Operation begin(
      String id,
      Operation.Type type,
      String namespace,
      Message request,
      Optional<NamespaceSpec> wanted) {
    if (inFlight.size() >= Settings.MAX_OPERATIONS) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("too many async operations in flight, limit " + Settings.MAX_OPERATIONS)
          .asRuntimeException();
    }
    Operation operation =
        new Operation(
            id,
            type,
            namespace,
            request,
            wanted,
            clock.instant(),
            settings.latency(),
            faults.takeFailure());
    operations.put(id, operation);
    inFlight.put(namespace, operation);
    return operation;
  }

  private void settle() {
    Instant now = clock.instant();
    List<Operation> finished = inFlight.values().stream().filter(o -> o.finishedAt(now)).toList();
    finished.forEach(this::settle);
  }

  private void settle(Operation operation) {
    inFlight.remove(operation.namespace());
    if (operation.type() == Operation.Type.DELETE && operation.failure().isEmpty()) {
      namespaces.remove(operation.namespace());
      return;
    }
    Namespace.Builder namespace =
        namespaces.get(operation.namespace()).toBuilder().clearAsyncOperationId();
    if (operation.failure().isPresent()) {
      namespace.setState(operation.type().failed);
    } else {
      namespace.setState(ResourceState.RESOURCE_STATE_ACTIVE);
      operation.wanted().ifPresent(namespace::setSpec);
    }
    namespaces.put(operation.namespace(), namespace.build());
  }

  private Namespace changeable(String id, String version) {
    Namespace namespace = existing(id);
    refuseWhileBusy(namespace);
    if (!namespace.getResourceVersion().equals(version)) {
      throw precondition(
          "resource version mismatch: namespace is at resource_version '%s', request has '%s'"
              .formatted(namespace.getResourceVersion(), version));
    }
    return namespace;
  }

  private Namespace existing(String id) {
    Namespace namespace = namespaces.get(id);
    if (namespace == null) {
      throw notFound("namespace '" + id + "' not found");
    }
    return namespace;
  }

  private void refuseWhileBusy(Namespace namespace) {
    Operation running = inFlight.get(namespace.getNamespace());
    if (running != null) {
      throw precondition(
          "namespace is busy with async operation '%s' (%s)"
              .formatted(running.id(), running.type().text));
    }
  }

  private Namespace busy(Namespace.Builder namespace, Operation operation) {
    return namespace.setState(operation.type().busy).setAsyncOperationId(operation.id()).build();
  }

  private Namespace.Builder fresh(String id, NamespaceSpec spec) {
    return Namespace.newBuilder()
        .setNamespace(id)
        .setSpec(spec)
        .setResourceVersion(nextVersion())
        .setState(ResourceState.RESOURCE_STATE_ACTIVE)
        .setCreatedTime(Operation.timestamp(clock.instant()));
  }

  private Namespace.Builder changed(Namespace namespace) {
    return namespace.toBuilder()
        .setResourceVersion(nextVersion())
        .setLastModifiedTime(Operation.timestamp(clock.instant()));
  }

  private String nextVersion() {
    return String.valueOf(++versions);
  }

  private String fullName(NamespaceSpec spec) {
    return spec.getName() + "." + settings.account();
  }

  private AsyncOperation message(Operation operation) {
    return operation.message(clock.instant(), settings.checkDuration());
  }

  private static StatusRuntimeException precondition(String why) {
    return Status.FAILED_PRECONDITION.withDescription(why).asRuntimeException();
  }

  private static StatusRuntimeException notFound(String why) {
    return Status.NOT_FOUND.withDescription(why).asRuntimeException();
  }
}
