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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import newleaf.emulator.fault.Fault;

/// The namespaces of one account and the operations on them; safe for many threads. Time moves
/// operations on: whoever looks first after an operation's end puts it into effect.
public final class Account {
  private static final Set<ResourceState> NOT_ACTIVATED =
      Set.of(
          ResourceState.RESOURCE_STATE_ACTIVATING, ResourceState.RESOURCE_STATE_ACTIVATION_FAILED);

  private final Settings settings;
  private final InstantSource clock;
  private final Register namespaces;
  private final Spread spread = new Spread();
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Operation> inFlight = new HashMap<>(); // by namespace, one each
  private int busiest;
  private long versions;

  public Account(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.namespaces = new Register(clock);
  }

  /// The most operations that anybody wanted to have in flight at once, refused ones included.
  public synchronized int busiest() {
    return busiest;
  }

  /// How many asynchronous operations were ever accepted.
  public synchronized int accepted() {
    return operations.size();
  }

  public Settings settings() {
    return settings;
  }

  public synchronized Optional<Namespace> namespace(String id) {
    settle();
    return namespaces.get(id);
  }

  /// The spec that a frontend goes by: none before the namespace is activated, and the old one
  /// while an update runs.
  ///
  /// @param share 1 of the frontend that follows a change last, less of the others
  public synchronized Optional<NamespaceSpec> inEffect(String id, double share) {
    return namespace(id)
        .filter(n -> !NOT_ACTIVATED.contains(n.getState()))
        .flatMap(_ -> spread.at(id, share, clock.instant()));
  }

  /// A namespace that is there from the start, by no operation and unchecked (so an expired CA can
  /// be put in). Returns its full name.
  public synchronized String add(NamespaceSpec spec) {
    String id = fullName(spec);
    NamespaceSpec normalised = SpecRules.normalised(spec);
    namespaces.begin(id, fresh(id, normalised).build());
    spread.set(id, normalised);
    return id;
  }

  /// Somebody else changes the namespace, at once and unchecked.
  public synchronized void edit(String id, UnaryOperator<NamespaceSpec> change) {
    settle();
    Namespace namespace = existing(id);
    refuseWhileBusy(namespace);
    NamespaceSpec spec = SpecRules.normalised(change.apply(namespace.getSpec()));
    namespaces.put(id, changed(namespace).setSpec(spec).build());
    spread.set(id, spec);
  }

  /// Somebody else changes something that is not its trust, if the namespace is there and free.
  synchronized void touch(String id) {
    settle();
    if (namespaces.get(id).isPresent() && !inFlight.containsKey(id)) {
      edit(id, Account::longerRetention);
    }
  }

  /// Somebody else's operation begins, if the namespace is there and free.
  ///
  /// @param ends how long it takes; empty for ever
  synchronized void occupy(String id, Optional<Duration> ends) {
    settle();
    Optional<Namespace> there = namespaces.get(id).filter(_ -> !inFlight.containsKey(id));
    there.ifPresent(namespace -> {
      NamespaceSpec wanted = longerRetention(namespace.getSpec());
      var request = UpdateNamespaceRequest.newBuilder().setNamespace(id).setSpec(wanted).build();
      String operationId = "of-somebody-else-" + (versions + 1);
      Operation operation =
          started(
              new Operation(
                  operationId,
                  Operation.Type.UPDATE,
                  id,
                  request,
                  Optional.of(wanted),
                  clock.instant(),
                  Fate.good(ends.orElse(Fate.NEVER))));
      namespaces.put(id, busy(changed(namespace), operation));
    });
  }

  private static NamespaceSpec longerRetention(NamespaceSpec spec) {
    return spec.toBuilder().setRetentionDays(spec.getRetentionDays() + 1).build();
  }

  /// The operation that runs on a namespace comes to its end, as if support had seen to it.
  public synchronized void endNow(String id) {
    settle();
    Operation running = inFlight.get(id);
    if (running != null) {
      Operation ended = running.endingAt(clock.instant());
      operations.put(ended.id(), ended);
      settle(ended);
    }
  }

  /// All namespaces whose full name comes after the given one, in ascending order.
  synchronized List<Namespace> after(String id) {
    settle();
    return switch (FaultGate.struck().orElse(null)) {
      case Fault.StaleList(Duration age) -> namespaces.after(id, clock.instant().minus(age));
      case null, default -> namespaces.after(id);
    };
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
          if (namespaces.get(id).isPresent()) {
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
    return message(change.apply(chosenId.isEmpty() ? UUID.randomUUID().toString() : chosenId));
  }

  private Operation begin(
      String id,
      Operation.Type type,
      String namespace,
      Message request,
      Optional<NamespaceSpec> wanted) {
    busiest = Math.max(busiest, inFlight.size() + 1);
    if (inFlight.size() >= Settings.MAX_OPERATIONS) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("too many async operations in flight, limit " + Settings.MAX_OPERATIONS)
          .asRuntimeException();
    }
    Fate fate = Fate.of(FaultGate.struck(), settings.latency());
    return started(new Operation(id, type, namespace, request, wanted, clock.instant(), fate));
  }

  private Operation started(Operation operation) {
    operations.put(operation.id(), operation);
    inFlight.put(operation.namespace(), operation);
    return operation;
  }

  private void settle() {
    Instant now = clock.instant();
    List<Operation> finished = inFlight.values().stream().filter(o -> o.finishedAt(now)).toList();
    finished.forEach(this::settle);
  }

  private void settle(Operation operation) {
    String id = operation.namespace();
    inFlight.remove(id);
    if (operation.type() == Operation.Type.DELETE && operation.fate().fulfils()) {
      namespaces.remove(id);
      spread.remove(id);
      return;
    }
    Namespace.Builder namespace = existing(id).toBuilder().clearAsyncOperationId();
    namespace.setState(operation.leaves());
    if (operation.fate().fulfils()) {
      NamespaceSpec spec = operation.wanted().orElseThrow();
      namespace.setSpec(spec);
      spread.change(id, spec, operation.finishes(), operation.fate().spread());
    }
    namespaces.put(id, namespace.build());
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
    return namespaces.get(id).orElseThrow(() -> notFound("namespace '" + id + "' not found"));
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
