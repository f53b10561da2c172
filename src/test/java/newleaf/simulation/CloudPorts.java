package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.apply.NamespaceUpdates;
import newleaf.apply.OperationId;
import newleaf.apply.Prover;
import newleaf.apply.TrustChange;
import newleaf.cert.HeldCertificate;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Namespaces;

/// The service as one process of newleaf reaches it.
record CloudPorts(World world, Life life, Wire wire)
    implements Namespaces, NamespaceUpdates, Prover {
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Override
  public List<NamespaceReading> read(Collection<String> names) {
    life.step("reading namespaces");
    life.mayNotArrive("namespaces");
    boolean old = names.size() > 1 && world.chaos.strikes(Fault.STALE_LIST);
    return names.stream()
        .filter(world.cloud.spaces::containsKey)
        .map(world.cloud::space)
        .map(s -> old ? s.before.orElseGet(() -> world.cloud.reading(s)) : world.cloud.reading(s))
        .toList();
  }

  @Override
  public void update(
      String namespace,
      String expectedVersion,
      TrustChange change,
      OperationId operation,
      Runnable onOperation) {
    String where = "namespace/" + namespace;
    Cloud.Space space = world.cloud.space(namespace);
    atRest(space, where);
    life.step("reading " + where);
    Cloud.Trust received = space.trust;
    String version = space.versionText();
    Cloud.Trust wanted = wanted(received, change);
    if (wanted.equals(received)) {
      return;
    }
    if (!version.equals(expectedVersion)) {
      throw Life.stale(where, "is at " + version);
    }
    if (world.chaos.strikes(Fault.OVERTAKEN)) {
      world.weather.overtake(space);
    }
    send(space, wanted, version, operation.value());
    onOperation.run();
    if (ended(operation.value(), where) != Cloud.End.FULFILLED) {
      throw life.remote(where, "operation " + operation.value() + " FAILED");
    }
  }

  private void send(Cloud.Space space, Cloud.Trust wanted, String version, String operation) {
    String where = "namespace/" + space.name;
    life.fence(); // again: the wait before may have been longer than the lease
    world.law.sends(life, where);
    life.travel();
    life.mayNotArrive(where);
    Optional<String> refusal = wire.send(space, wanted, version, operation);
    if (refusal.isEmpty()) {
      world.law.accepted(life, operation);
    }
    life.mayLoseReply(where);
    life.step("after updating " + where);
    if (refusal.isPresent() && !world.cloud.operations.containsKey(operation)) {
      throw refusal.get().startsWith("FAILED_PRECONDITION")
          ? Life.stale(where, refusal.get())
          : Life.refused(where, refusal.get());
    }
  }

  private void atRest(Cloud.Space space, String where) {
    Instant end = world.now().plus(LIMIT);
    while (space.running.isPresent()) {
      if (world.now().isAfter(end)) {
        throw life.remote(where, space.running.get().id() + " does not end");
      }
      rest(where);
    }
  }

  private void rest(String where) {
    life.step("asking for an operation of " + where);
    try {
      life.pause(ASK_EVERY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw life.remote(where, "interrupted");
    }
  }

  private static Cloud.Trust wanted(Cloud.Trust received, TrustChange change) {
    List<X509Certificate> bundle = new ArrayList<>(received.bundle());
    bundle.removeIf(ca -> change.remove().contains(Mint.fingerprint(ca)));
    change.add().stream().filter(ca -> !bundle.contains(ca)).forEach(bundle::add);
    return new Cloud.Trust(bundle, change.filters().orElse(received.filters()));
  }

  private Cloud.End ended(String id, String where) {
    Instant end = world.now().plus(LIMIT);
    while (world.cloud.operations.get(id) == Cloud.End.RUNNING) {
      if (world.now().isAfter(end)) {
        throw life.remote(where, "operation " + id + " does not end");
      }
      rest(where);
    }
    return world.cloud.operations.get(id);
  }

  @Override
  public Settled settle(String namespace, OperationId operation) {
    String where = "namespace/" + namespace;
    life.step("asking what became of " + operation.value());
    life.mayNotArrive(where);
    if (!world.cloud.operations.containsKey(operation.value())) {
      return Settled.UNKNOWN;
    }
    return ended(operation.value(), where) == Cloud.End.FULFILLED
        ? Settled.FULFILLED
        : Settled.REFUSED;
  }

  @Override
  public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
    life.step("connecting to " + endpoint.namespace());
    if (world.chaos.strikes(Fault.UNAVAILABLE)) {
      return new Verdict.Inconclusive("no route");
    }
    return world.cloud.space(endpoint.namespace()).frontends.stream()
            .allMatch(t -> t.accepts(leaf, world.now()))
        ? new Verdict.Accepted()
        : new Verdict.Rejected("bad_certificate");
  }

  @Override
  public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
    life.step("asking for pollers of " + taskQueue);
    life.mayNotArrive("namespace/" + endpoint.namespace());
    Cloud.Space space = world.cloud.space(endpoint.namespace());
    if (!world.cloud.anyFrontend(space).accepts(leaf, world.now())) {
      throw life.remote("namespace/" + endpoint.namespace(), "bad_certificate");
    }
    return world.workloads.values().stream()
        .filter(w -> w.space() == space)
        .filter(w -> w.spec.taskQueue().equals(Optional.of(taskQueue)))
        .flatMap(w -> w.ever.stream())
        .flatMap(p -> p.poller(world.now()).stream())
        .toList();
  }
}
