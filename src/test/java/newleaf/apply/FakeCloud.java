package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cert.TrustBundle;
import newleaf.observed.NamespaceReading;
import newleaf.observed.Namespaces;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.Observer;

/// Namespaces with compare-and-set, asynchronous operations and a frontend that judges leaves.
final class FakeCloud implements Namespaces, NamespaceUpdates {
  static final Duration LATENCY = Duration.ofSeconds(8);

  /// What goes wrong with the next update.
  enum Fault {
    /// the call never arrives
    LOST_BEFORE,
    /// the call is accepted, its answer is lost
    LOST_AFTER,
    /// the operation ends FAILED
    FAILS,
    /// somebody else changes the namespace between the read and the call
    OVERTAKEN
  }

  private static final class Space {
    private int version = 1;
    private List<X509Certificate> bundle;
    private List<CertificateFilter> filters;
    private Optional<String> running = Optional.empty();

    Space(List<X509Certificate> bundle, List<CertificateFilter> filters) {
      this.bundle = List.copyOf(bundle);
      this.filters = List.copyOf(filters);
    }
  }

  private record Asked(String namespace, int version, X509Certificate leaf) {}

  final Deque<Fault> faults = new ArrayDeque<>();
  Duration latency = LATENCY;
  int mostOperating;
  private int operating;

  /// Every update that took effect, as `trust +Booking CA G2` or `filter`.
  final List<String> effects = new ArrayList<>();

  private final FakeTime time;
  private final Map<String, Space> spaces = new LinkedHashMap<>();
  private final Map<String, Optional<Settled>> operations = new HashMap<>();
  private final Map<Asked, Boolean> judged = new HashMap<>();

  FakeCloud(FakeTime time) {
    this.time = time;
  }

  void add(String namespace, List<X509Certificate> bundle, List<CertificateFilter> filters) {
    spaces.put(namespace, new Space(bundle, filters));
  }

  void remove(String namespace) {
    spaces.remove(namespace);
  }

  /// Somebody else's operation is under way, and does not end.
  void busy(String namespace, String operation) {
    spaces.get(namespace).running = Optional.of(operation);
  }

  /// All CAs that some namespace accepts.
  List<X509Certificate> accepted() {
    return spaces.values().stream().flatMap(s -> s.bundle.stream()).distinct().toList();
  }

  /// Somebody else's change.
  void addByHand(String namespace, X509Certificate ca) {
    Space space = spaces.get(namespace);
    List<X509Certificate> bundle = new ArrayList<>(space.bundle);
    bundle.add(ca);
    space.bundle = List.copyOf(bundle);
    space.version++;
  }

  List<X509Certificate> bundle(String namespace) {
    return spaces.get(namespace).bundle;
  }

  /// Why a leaf is refused; empty when it is accepted.
  Optional<String> refusal(String namespace, HeldCertificate held) {
    X509Certificate leaf = held.certificate();
    Instant now = time.instant();
    if (now.isAfter(leaf.getNotAfter().toInstant())) {
      return Optional.of("the leaf has expired");
    }
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      return Optional.of("the leaf is not valid yet");
    }
    Space space = spaces.get(namespace);
    Asked asked = new Asked(namespace, space.version, leaf);
    boolean fits = judged.computeIfAbsent(asked, _ -> passes(space, leaf));
    return fits && signer(space, leaf).filter(ca -> !expired(ca, now)).isPresent()
        ? Optional.empty()
        : Optional.of("bad_certificate");
  }

  private static boolean passes(Space space, X509Certificate leaf) {
    return signer(space, leaf).isPresent()
        && CertificateFilter.anyMatches(space.filters, Certificate.of(leaf));
  }

  private static final Map<X509Certificate, Map<X509Certificate, Boolean>> SIGNED = new HashMap<>();

  private static Optional<X509Certificate> signer(Space space, X509Certificate leaf) {
    return space.bundle.stream().filter(ca -> signed(ca, leaf)).findFirst();
  }

  /// Remembered, as elliptic curves are slow.
  private static synchronized boolean signed(X509Certificate ca, X509Certificate leaf) {
    return SIGNED
        .computeIfAbsent(leaf, _ -> new HashMap<>())
        .computeIfAbsent(ca, c -> Observer.among(List.of(c)).of(leaf).isPresent());
  }

  private static boolean expired(X509Certificate ca, Instant now) {
    return now.isAfter(ca.getNotAfter().toInstant());
  }

  @Override
  public List<NamespaceReading> read(Collection<String> names) {
    return names.stream().filter(spaces::containsKey).map(this::reading).toList();
  }

  private NamespaceReading reading(String name) {
    Space space = spaces.get(name);
    boolean on = !space.bundle.isEmpty();
    return new NamespaceReading(
        new ObservedNamespace(
            name,
            version(space),
            space.running.isPresent()
                ? ObservedNamespace.State.UPDATING
                : ObservedNamespace.State.ACTIVE,
            space.running,
            on,
            space.bundle.stream().map(Certificate::of).toList(),
            Pem.of(space.bundle).length(),
            space.filters,
            on ? Optional.of(name + ".tmprl.cloud:7233") : Optional.empty()),
        space.bundle);
  }

  private static String version(Space space) {
    return "v" + space.version;
  }

  @Override
  public void update(
      String namespace,
      String expectedVersion,
      TrustChange change,
      OperationId operation,
      Runnable onOperation) {
    Space space = spaces.get(namespace);
    space.running.ifPresent(this::ended);
    Optional<Fault> fault = Optional.ofNullable(faults.poll());
    if (fault.equals(Optional.of(Fault.OVERTAKEN))) {
      space.version++;
    }
    List<X509Certificate> bundle = bundle(space, change);
    List<CertificateFilter> filters = change.filters().orElse(space.filters);
    if (bundle.equals(space.bundle) && filters.equals(space.filters)) {
      return;
    }
    if (!version(space).equals(expectedVersion)) {
      throw FakeFailures.stale("namespace/" + namespace, "is at " + version(space) + ".");
    }
    if (fault.equals(Optional.of(Fault.LOST_BEFORE))) {
      throw FakeFailures.remote("namespace/" + namespace, "UNAVAILABLE before the call.");
    }
    requireValid(namespace, bundle);
    start(
        space,
        operation,
        fault.equals(Optional.of(Fault.FAILS)),
        () -> commit(space, bundle, filters, change));
    if (fault.equals(Optional.of(Fault.LOST_AFTER))) {
      throw FakeFailures.remote("namespace/" + namespace, "UNAVAILABLE after the call.");
    }
    onOperation.run();
    if (ended(operation.value()) != Settled.FULFILLED) {
      throw FakeFailures.remote("namespace/" + namespace, "operation FAILED: no capacity.");
    }
  }

  private static List<X509Certificate> bundle(Space space, TrustChange change) {
    List<X509Certificate> bundle = new ArrayList<>(space.bundle);
    bundle.removeIf(ca -> change.remove().contains(Fingerprint.of(ca)));
    change.add().stream().filter(ca -> !bundle.contains(ca)).forEach(bundle::add);
    return bundle;
  }

  private void requireValid(String namespace, List<X509Certificate> bundle) {
    if (bundle.isEmpty()) {
      throw FakeFailures.refused("namespace/" + namespace, "would trust nobody.");
    }
    Set<String> names = new HashSet<>();
    boolean sound =
        bundle.size() <= TrustBundle.MAX_CERTIFICATES
            && bundle.stream().noneMatch(ca -> expired(ca, time.instant()))
            && bundle.stream().allMatch(ca -> names.add(nameOf(ca)));
    if (!sound) {
      throw FakeFailures.remote("namespace/" + namespace, "INVALID_ARGUMENT: the bundle.");
    }
  }

  /// Names that differ in case only are the same to the service.
  private static String nameOf(X509Certificate ca) {
    return ca.getSubjectX500Principal().getName().toLowerCase(Locale.ROOT);
  }

  /// That the service takes a second call of one id for the same call is not documented, so nobody
  /// may count on it.
  private void start(Space space, OperationId operation, boolean fails, Runnable commit) {
    String id = operation.value();
    if (operations.containsKey(id)) {
      throw new IllegalStateException("operation id " + id + " was used before");
    }
    operations.put(id, Optional.empty());
    space.running = Optional.of(id);
    mostOperating = Math.max(mostOperating, ++operating);
    time.in(
        latency,
        () -> {
          operating--;
          if (!fails) {
            commit.run();
          }
          operations.put(id, Optional.of(fails ? Settled.REFUSED : Settled.FULFILLED));
          space.running = Optional.empty();
        });
  }

  private void commit(
      Space space,
      List<X509Certificate> bundle,
      List<CertificateFilter> filters,
      TrustChange change) {
    space.bundle = List.copyOf(bundle);
    space.filters = List.copyOf(filters);
    space.version++;
    change.add().forEach(ca -> effects.add("trust " + ca.getSubjectX500Principal().getName()));
    if (change.add().isEmpty() && !change.remove().isEmpty() && change.filters().isEmpty()) {
      effects.add("retire");
    }
    change.filters().ifPresent(_ -> effects.add("filter"));
  }

  private Settled ended(String id) {
    while (operations.get(id).isEmpty()) {
      time.pause(Duration.ofMillis(500));
    }
    return operations.get(id).get();
  }

  @Override
  public Settled settle(String namespace, OperationId operation) {
    return operations.containsKey(operation.value()) ? ended(operation.value()) : Settled.UNKNOWN;
  }
}
