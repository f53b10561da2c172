package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cert.TrustBundle;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedNamespace;

/// The service: namespaces with versions, asynchronous operations, and frontends that learn of a
/// change one after the other.
final class Cloud {
  private static final int FRONTENDS = 2;

  /// Who a namespace, or one frontend of it, accepts.
  record Trust(List<X509Certificate> bundle, List<CertificateFilter> filters) {
    Trust {
      bundle = List.copyOf(bundle);
      filters = List.copyOf(filters);
    }

    boolean accepts(HeldCertificate leaf, Instant now) {
      X509Certificate x509 = leaf.certificate();
      return valid(x509, now)
          && bundle.stream().anyMatch(ca -> valid(ca, now) && Mint.signed(ca, x509))
          && CertificateFilter.anyMatches(filters, Mint.facts(x509));
    }

    private static boolean valid(X509Certificate x509, Instant now) {
      return Mint.facts(x509).validity().holdsAt(now);
    }
  }

  /// @param ours of newleaf
  record Operation(String id, boolean ours, Trust wanted, boolean shows) {}

  static final class Space {
    final String name;
    Trust trust;
    int version = 1;
    Optional<Operation> running = Optional.empty();
    final List<Trust> frontends = new ArrayList<>();
    private final List<Instant> told = new ArrayList<>();

    /// Somebody else changed who is accepted; what is refused since may be their doing.
    boolean meddled;

    Optional<NamespaceReading> before = Optional.empty();

    Space(String name, Trust trust) {
      this.name = name;
      this.trust = trust;
      for (int i = 0; i < FRONTENDS; i++) {
        frontends.add(trust);
        told.add(Instant.MIN);
      }
    }

    String versionText() {
      return "v" + version;
    }

    boolean acceptedEverywhere(HeldCertificate leaf, Instant now) {
      return trust.accepts(leaf, now) && frontends.stream().allMatch(t -> t.accepts(leaf, now));
    }
  }

  enum End {
    RUNNING,
    FULFILLED,
    FAILED
  }

  final Map<String, Space> spaces = new LinkedHashMap<>();
  final Map<String, End> operations = new HashMap<>();
  private final World world;
  private final SplittableRandom random;

  Cloud(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  Space space(String name) {
    return spaces.get(name);
  }

  NamespaceReading reading(Space space) {
    Trust shown = space.running.filter(Operation::shows).map(Operation::wanted).orElse(space.trust);
    boolean on = !shown.bundle().isEmpty();
    return new NamespaceReading(
        new ObservedNamespace(
            space.name,
            space.versionText(),
            space.running.isPresent()
                ? ObservedNamespace.State.UPDATING
                : ObservedNamespace.State.ACTIVE,
            space.running.map(Operation::id),
            on,
            shown.bundle().stream().map(Mint::facts).toList(),
            Pem.of(shown.bundle()).length(),
            shown.filters(),
            on ? Optional.of(space.name + ".tmprl.cloud:7233") : Optional.empty()),
        shown.bundle());
  }

  /// The call arrives at the service.
  ///
  /// @param ours sent by newleaf
  /// @return why it is refused
  Optional<String> send(Space space, Trust wanted, String version, String id, boolean ours) {
    if (operations.containsKey(id)) {
      return Optional.of("ALREADY_EXISTS: operation " + id);
    }
    if (space.running.isPresent()) {
      return Optional.of("FAILED_PRECONDITION: " + space.running.get().id() + " is running");
    }
    if (!space.versionText().equals(version)) {
      return Optional.of("FAILED_PRECONDITION: resource version is " + space.versionText());
    }
    if (!sound(wanted)) {
      return Optional.of("INVALID_ARGUMENT: the bundle");
    }
    begin(space, new Operation(id, ours, wanted, world.chaos.strikes(Fault.SPEC_TO_COME)));
    return Optional.empty();
  }

  private boolean sound(Trust wanted) {
    Set<String> names = new HashSet<>();
    return !wanted.bundle().isEmpty()
        && wanted.bundle().size() <= TrustBundle.MAX_CERTIFICATES
        && wanted.bundle().stream()
            .noneMatch(ca -> Mint.facts(ca).validity().expiredAt(world.now()))
        && wanted.bundle().stream()
            .allMatch(ca -> names.add(ca.getSubjectX500Principal().getName()))
        && wanted.filters().size() <= CertificateFilter.MAX_PER_NAMESPACE;
  }

  private void begin(Space space, Operation operation) {
    world.tell(() -> space.name + ": operation " + operation.id() + " begins");
    space.before = Optional.of(reading(space));
    space.running = Optional.of(operation);
    operations.put(operation.id(), End.RUNNING);
    boolean fails = operation.ours() && world.chaos.strikes(Fault.OPERATION_FAILS);
    boolean endless = operation.ours() && world.chaos.strikes(Fault.OPERATION_NEVER_ENDS);
    Duration latency = endless ? Duration.ofHours(2) : Duration.ofSeconds(2 + random.nextInt(30));
    world.scheduler.in(latency, () -> end(space, operation, fails || endless));
  }

  private void end(Space space, Operation operation, boolean fails) {
    if (operations.get(operation.id()) != End.RUNNING) {
      return; // ended by hand
    }
    space.running = Optional.empty();
    operations.put(operation.id(), fails ? End.FAILED : End.FULFILLED);
    world.tell(
        () -> space.name + ": operation " + operation.id() + (fails ? " FAILED" : " FULFILLED"));
    if (!fails) {
      commit(space, operation.wanted(), operation.ours() ? operation.id() : "");
    }
  }

  /// @param operation empty when it is somebody else's
  private void commit(Space space, Trust wanted, String operation) {
    Trust before = space.trust;
    space.trust = wanted;
    space.version++;
    if (operation.isEmpty()) {
      space.meddled |= !wanted.bundle().containsAll(before.bundle());
    } else {
      world.law.changed(space, before, operation);
    }
    for (int i = 0; i < space.frontends.size(); i++) {
      spread(space, i, wanted);
    }
  }

  private void spread(Space space, int frontend, Trust wanted) {
    Duration delay =
        world.chaos.strikes(Fault.SLOW_SPREAD)
            ? Duration.ofSeconds(20 + random.nextInt(120))
            : Duration.ofMillis(random.nextInt(4000));
    Instant at = world.now().plus(delay);
    Instant last = space.told.get(frontend);
    Instant told = at.isBefore(last) ? last : at;
    space.told.set(frontend, told);
    world.scheduler.in(
        Duration.between(world.now(), told),
        () -> {
          Trust before = space.frontends.get(frontend);
          space.frontends.set(frontend, wanted);
          world.law.spread(space, before, wanted);
        });
  }

  /// Somebody else edits a namespace, unless an operation runs.
  ///
  /// @param bundle what it accepts afterwards
  void edit(Space space, List<X509Certificate> bundle) {
    Trust wanted = new Trust(bundle, space.trust.filters());
    if (space.running.isEmpty() && sound(wanted)) {
      space.before = Optional.of(reading(space));
      world.tell(() -> space.name + ": somebody else edits who is accepted");
      commit(space, wanted, "");
    }
  }

  /// As an edit of the retention, say: only the version moves.
  void touch(Space space) {
    if (space.running.isEmpty()) {
      world.tell(() -> space.name + ": somebody else edits something");
      space.version++;
    }
  }

  /// Whoever waits for an operation that never ends has it ended.
  void endEndless() {
    for (Space space : spaces.values()) {
      space.running.ifPresent(operation -> {
        space.running = Optional.empty();
        operations.put(operation.id(), End.FAILED);
      });
    }
  }

  Trust anyFrontend(Space space) {
    return space.frontends.get(random.nextInt(space.frontends.size()));
  }
}
