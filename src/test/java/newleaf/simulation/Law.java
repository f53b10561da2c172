package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.desired.CaSpec;
import newleaf.desired.Retire;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;

/// What must hold after each event (design section 4). The first breach ends the simulation.
final class Law {
  /// @param leaf that somebody holds or would load
  private record Held(String who, HeldCertificate leaf) {}

  private final World world;
  private final Map<String, Integer> made = new HashMap<>();
  private final Map<String, Instant> lastMove = new HashMap<>();
  private final Map<Life, List<String>> sent = new HashMap<>();
  private final Set<String> rolled = new HashSet<>();

  /// `namespace leaf` of which newleaf must see to it that they are accepted.
  private final Set<String> must = new HashSet<>();

  /// Fingerprints of leaves that somebody else put back.
  private final Set<String> meddled = new HashSet<>();

  private Optional<String> breach = Optional.empty();

  Law(World world) {
    this.world = world;
  }

  Optional<String> breach() {
    return breach;
  }

  Killed broken(String what) {
    if (breach.isEmpty()) {
      breach = Optional.of(what);
      world.tell(() -> "BREACH " + what);
    }
    world.scheduler.halt();
    return new Killed(what);
  }

  /// What is accepted now has to stay so.
  void begin() {
    for (Cloud.Space space : world.cloud.spaces.values()) {
      for (Held held : heldIn(space)) {
        if (space.trust.accepts(held.leaf(), world.now())) {
          must.add(key(space, held.leaf()));
        }
      }
    }
  }

  private static String key(Cloud.Space space, HeldCertificate leaf) {
    return space.name + " " + Mint.fingerprint(leaf.certificate()).value();
  }

  private boolean must(Cloud.Space space, HeldCertificate leaf) {
    return !space.meddled && must.contains(key(space, leaf));
  }

  /// Somebody else brought this leaf, so it is theirs to answer for.
  void meddled(HeldCertificate leaf) {
    String fingerprint = Mint.fingerprint(leaf.certificate()).value();
    must.removeIf(k -> k.endsWith(fingerprint));
    meddled.add(fingerprint);
  }

  boolean isMeddled(HeldCertificate leaf) {
    return meddled.contains(Mint.fingerprint(leaf.certificate()).value());
  }

  private List<Held> heldIn(Cloud.Space space) {
    List<Held> all = new ArrayList<>();
    for (Workload workload : world.workloads.values()) {
      if (workload.space() == space) {
        workload.pods.forEach(p -> p.loaded.ifPresent(l -> all.add(new Held(p.name, l))));
        at(workload.place(), all);
      }
    }
    for (World.Client client : world.clients) {
      if (client.space == space) {
        client.loaded.ifPresent(l -> all.add(new Held("a client", l)));
        at(client.place, all);
      }
    }
    return all;
  }

  private void at(LeafPlace place, List<Held> all) {
    world.places.current(place).ifPresent(l -> all.add(new Held(place.address(), l)));
  }

  /// An operation of newleaf took effect.
  void changed(Cloud.Space space, Cloud.Trust before, String operation) {
    Cloud.Trust after = space.trust;
    refusedNow(space, before, after);
    List<X509Certificate> added = minus(after, before);
    List<X509Certificate> removed = minus(before, after);
    removed.removeIf(ca -> Mint.facts(ca).validity().expiredAt(world.now()));
    List<X509Certificate> gone =
        removed.stream().filter(ca -> added.stream().noneMatch(a -> sameSubject(a, ca))).toList();
    if (!added.isEmpty() && !gone.isEmpty()) {
      throw broken("I3 one update of " + space.name + " adds a CA and removes another");
    }
    gone.forEach(ca -> retired(space, ca));
    world.effect(
        "%s: +%d -%d%s (%s)"
            .formatted(
                space.name,
                added.size(),
                removed.size(),
                after.filters().equals(before.filters()) ? "" : " filters",
                operation));
    bundleIsValid(space);
  }

  private static List<X509Certificate> minus(Cloud.Trust of, Cloud.Trust other) {
    List<X509Certificate> rest = new ArrayList<>(of.bundle());
    rest.removeAll(other.bundle());
    return rest;
  }

  private static boolean sameSubject(X509Certificate one, X509Certificate other) {
    return one.getSubjectX500Principal().equals(other.getSubjectX500Principal());
  }

  private void bundleIsValid(Cloud.Space space) {
    if (space.trust.bundle().isEmpty()) {
      throw broken("I2 the bundle of " + space.name + " is empty");
    }
  }

  /// A frontend learns of a change.
  void spread(Cloud.Space space, Cloud.Trust before, Cloud.Trust after) {
    refusedNow(space, before, after);
  }

  private void refusedNow(Cloud.Space space, Cloud.Trust before, Cloud.Trust after) {
    Instant now = world.now();
    for (Held held : heldIn(space)) {
      if (must(space, held.leaf())
          && before.accepts(held.leaf(), now)
          && !after.accepts(held.leaf(), now)) {
        throw broken("I1 %s holds a leaf that %s refuses now".formatted(held.who(), space.name));
      }
    }
  }

  private void retired(Cloud.Space space, X509Certificate ca) {
    CaSpec spec =
        owner(ca)
            .orElseThrow(() ->
                broken(
                    "I4 %s was removed from %s, and is somebody else's"
                        .formatted(ca.getSubjectX500Principal(), space.name)));
    if (world.desired.clients().stream()
        .anyMatch(c -> !c.acknowledged() && leafOf(c.leaf()).equals(spec.name()))) {
      throw broken("a CA of %s went though a client is not acknowledged".formatted(spec.name()));
    }
    if (spec.retire() == Retire.MANUAL && !world.approved.contains("retire/" + address(spec, ca))) {
      throw broken("a CA of %s went and nobody said yes".formatted(spec.name()));
    }
    Instant moved = lastMove.getOrDefault(spec.name(), Instant.MIN);
    if (!world.chaos.happened(Fault.CLOCK_JUMP) && moved.plus(spec.soak()).isAfter(world.now())) {
      throw broken(
          "a CA of %s went %s after the last move; the soak is %s"
              .formatted(spec.name(), Duration.between(moved, world.now()), spec.soak()));
    }
  }

  private Optional<CaSpec> owner(X509Certificate ca) {
    Fingerprint fingerprint = Mint.fingerprint(ca);
    Optional<String> ours = world.authorities.nameOf(ca);
    return world.desired.cas().stream()
        .filter(c -> c.adopted().contains(fingerprint) || ours.equals(Optional.of(c.name())))
        .findFirst();
  }

  private String address(CaSpec spec, X509Certificate ca) {
    int generation =
        world.authorities.of(spec.keys()).entrySet().stream()
            .filter(e -> e.getValue().certificate().equals(ca))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(ObservedCa.ADOPTED);
    return ObservedCa.address(spec.name(), generation, Mint.fingerprint(ca));
  }

  private String leafOf(String leaf) {
    return world.desired.leaves().stream()
        .filter(l -> l.name().equals(leaf))
        .findFirst()
        .orElseThrow()
        .ca();
  }

  /// I6 and the journal: who changes something holds the newest number, and its intent is on disk.
  ///
  /// @param address what is changed
  void sends(Life life, String address) {
    if (life.number() != world.newestNumber()) {
      throw broken(
          "I6 %s (number %d) changes %s; the newest number is %d"
              .formatted(life, life.number(), address, world.newestNumber()));
    }
    if (life.intents().noneMatch(b -> b.step().address().equals(address))) {
      throw broken("%s changes %s without an intent in its journal".formatted(life, address));
    }
  }

  /// The service accepted an operation.
  void accepted(Life life, String operation) {
    sent.computeIfAbsent(life, _ -> new ArrayList<>()).add(operation);
    String intent = operation.replaceAll("-undo(-[0-9]+)?$", "");
    if (life.intents().noneMatch(b -> b.operation().equals(Optional.of(intent)))) {
      throw broken("operation %s is not in the journal".formatted(operation));
    }
  }

  /// Whoever comes next has to find out what became of what was sent.
  ///
  /// @param intents operations that the journal on disk knows
  void killed(Life life, Set<String> intents) {
    if (life.number() != world.newestNumber()) {
      return; // the next one has been there, and may have put old lines aside
    }
    for (String operation : sent.getOrDefault(life, List.of())) {
      if (!intents.contains(operation.replaceAll("-undo(-[0-9]+)?$", ""))) {
        throw broken("operation %s is not in the journal".formatted(operation));
      }
    }
  }

  void made(String ca, int generation) {
    world.effect("made ca/" + ca + "-g" + generation);
    if (made.merge(ca, 1, Integer::sum) > 1) {
      throw broken("I5 a second CA was made for " + ca);
    }
  }

  void delivering(LeafPlace place, HeldCertificate leaf) {
    String ca =
        world.desired.workers().stream()
            .filter(w -> w.place().equals(place))
            .map(w -> leafOf(w.leaf()))
            .findFirst()
            .orElse("");
    if (world.places.current(place).filter(l -> isRight(l, ca)).isPresent()) {
      throw broken("I5 the leaf at %s was right, and is replaced".formatted(place.address()));
    }
    lastMove.put(ca, world.now());
    for (Cloud.Space space : spacesOf(place)) {
      must.add(key(space, leaf));
      if (!space.meddled && !space.acceptedEverywhere(leaf, world.now())) {
        throw broken(
            "I1 the leaf put at %s is refused by %s".formatted(place.address(), space.name));
      }
    }
  }

  private List<Cloud.Space> spacesOf(LeafPlace place) {
    Set<Cloud.Space> spaces = new HashSet<>();
    world.workloads.values().stream()
        .filter(w -> w.place().equals(place))
        .forEach(w -> spaces.add(w.space()));
    return List.copyOf(spaces);
  }

  /// From the newest key, and not due.
  private boolean isRight(HeldCertificate leaf, String ca) {
    Optional<CaSpec> spec =
        world.desired.cas().stream().filter(c -> c.name().equals(ca)).findFirst();
    Certificate facts = Mint.facts(leaf.certificate());
    return spec.map(s -> world.authorities.read(s.keys()))
            .filter(all -> !all.isEmpty())
            .filter(all -> Mint.signed(all.getLast().certificate(), leaf.certificate()))
            .isPresent()
        && facts.subject().commonName().equals(Optional.of(ca + ".sdvdw"))
        && facts.validity().notAfter().isAfter(world.now().plus(Duration.ofDays(10)));
  }

  void rolled(Workload workload, Fingerprint leaf) {
    lastMove.put(leafOf(workload.spec.leaf()), world.now());
    world.effect("rolled " + workload.ref().address());
    boolean again = !rolled.add(workload.ref() + leaf.value());
    if (again && !meddled.contains(leaf.value())) {
      throw broken("I5 %s was rolled twice for one leaf".formatted(workload.ref().address()));
    }
  }

  void scaling(Workload workload, Fingerprint leaf) {
    lastMove.put(leafOf(workload.spec.leaf()), world.now());
    world.effect("scaled down " + workload.ref().address());
    if (workload.settled() && workload.annotation.equals(Optional.of(leaf))) {
      throw broken("I5 %s was stopped for a leaf it has".formatted(workload.ref().address()));
    }
  }

  void countsAreKept() {
    for (Workload w : world.workloads.values()) {
      boolean up = w.replicas == w.wanted && w.kept.isEmpty();
      boolean down = w.replicas == 0 && w.kept.equals(Optional.of(w.wanted));
      if (!up && !down) {
        throw broken(
            "the replica count of %s is lost: it was %d, there are %d and %s is kept"
                .formatted(w.ref().address(), w.wanted, w.replicas, w.kept));
      }
    }
  }

  /// A frontend refused a worker.
  void refused(Workload workload, Pod pod) {
    HeldCertificate leaf = pod.loaded.orElseThrow();
    if (must(workload.space(), leaf)
        && Mint.facts(leaf.certificate()).validity().holdsAt(world.now())) {
      throw broken("I1 %s was refused by %s".formatted(pod.name, workload.space().name));
    }
  }
}
