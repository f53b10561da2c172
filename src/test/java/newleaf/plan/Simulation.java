package newleaf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.LeafSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedNamespace.State;
import newleaf.observed.ObservedWorker;

/// Carries out plans on facts alone, and looks after each step whether the invariants hold: nobody
/// who was let in is locked out (I1), bundles are valid (I2), what is removed is ours or dead (I4).
final class Simulation {
  /// A leaf and who signed it.
  private record Held(Certificate leaf, Fingerprint issuer) {}

  /// Somebody's leaf, let in by a namespace.
  private record LetIn(String who, Fingerprint leaf, String namespace) {}

  private static final Duration LEAF_LIFE = Duration.ofDays(30);
  private static final Duration CA_LIFE = Duration.ofDays(365);

  private final TestWorld world;
  private final List<Holder> holders;
  private final Map<Fingerprint, Held> leaves = new HashMap<>();
  private final Map<String, Fingerprint> loaded = new HashMap<>();
  private final Set<Fingerprint> leavesAtStart;
  private final Set<LetIn> letInAtStart;
  private int issued;

  Simulation(TestWorld world) {
    this.world = world;
    this.holders = new Holders(new Survey(world.desired(), world.observed(), Facts.NOW)).all();
    for (Holder holder : holders) {
      at(holder.target().place())
          .ifPresent(held -> {
            leaves.put(held.leaf().fingerprint(), held);
            loaded.put(holder.target().name(), held.leaf().fingerprint());
          });
      holder
          .worker()
          .map(world.foundWorkers::get)
          .flatMap(w -> w.pods().stream().findFirst())
          .flatMap(ObservedWorker.Pod::leaf)
          .ifPresent(leaf -> loaded.put(holder.target().name(), leaf));
    }
    this.leavesAtStart = Set.copyOf(leaves.keySet());
    this.letInAtStart = letIn();
  }

  private Optional<Held> at(LeafPlace place) {
    var found = world.foundLeaves.get(place);
    return found == null || found.certificate().isEmpty()
        ? Optional.empty()
        : Optional.of(new Held(found.certificate().get(), found.issuedBy().orElseThrow()));
  }

  void carryOut(Step step) {
    Set<LetIn> before = letIn();
    effect(step.action());
    Set<LetIn> after = letIn();
    for (LetIn one : before) {
      if (isHeld(one) && !after.contains(one) && !inPassing(one)) {
        assertThat(after.stream().filter(o -> o.who().equals(one.who())))
            .as("%s locks %s out of %s", step, one.who(), one.namespace())
            .anyMatch(o -> severalNamespaces(o.who()) && o.leaf().equals(one.leaf()));
      }
    }
  }

  /// A leaf of before that a namespace let in only between two steps (its CA was trusted there, and
  /// a filter followed): nobody got in with it before, so nobody relies on it.
  private boolean inPassing(LetIn one) {
    return leavesAtStart.contains(one.leaf()) && !letInAtStart.contains(one);
  }

  private boolean severalNamespaces(String who) {
    return holders.stream()
        .filter(h -> h.target().name().equals(who))
        .anyMatch(h -> h.target().namespaces().size() > 1);
  }

  private boolean isHeld(LetIn one) {
    return holders.stream()
        .filter(h -> h.target().name().equals(one.who()))
        .anyMatch(h -> held(h).contains(one.leaf()));
  }

  /// What it has loaded, and what it could load.
  private Set<Fingerprint> held(Holder holder) {
    Set<Fingerprint> held = new LinkedHashSet<>();
    Optional.ofNullable(loaded.get(holder.target().name())).ifPresent(held::add);
    at(holder.target().place()).ifPresent(h -> held.add(h.leaf().fingerprint()));
    return held;
  }

  private Set<LetIn> letIn() {
    Set<LetIn> all = new HashSet<>();
    for (Holder holder : holders) {
      for (String namespace : holder.target().namespaces()) {
        for (Fingerprint leaf : held(holder)) {
          if (leaves.containsKey(leaf) && accepts(namespace, leaves.get(leaf))) {
            all.add(new LetIn(holder.target().name(), leaf, namespace));
          }
        }
      }
    }
    return all;
  }

  private boolean accepts(String name, Held held) {
    ObservedNamespace namespace = world.foundNamespaces.get(name);
    return namespace != null
        && held.leaf().validity().holdsAt(Facts.NOW)
        && CertificateFilter.anyMatches(namespace.filters(), held.leaf())
        && namespace.acceptedClientCas().stream()
            .anyMatch(c ->
                c.subject().sameAs(held.leaf().issuer()) && !c.validity().expiredAt(Facts.NOW));
  }

  private void effect(Action action) {
    switch (action) {
      case Action.IssueCa a -> {
        assertThat(world.foundCas).doesNotContainKey(a.ca().address());
        world.has(new ObservedCa(a.ca().ca().name(), a.ca().generation(), made(a), true));
      }
      case Action.TrustCa a -> {
        Set<Fingerprint> leaving = new HashSet<>(a.expired());
        a.replaces().ifPresent(old -> leaving.add(certificate(old).fingerprint()));
        change(a.namespace(), List.of(certificate(a.ca())), leaving);
      }
      case Action.SetFilters a -> {
        change(a.namespace(), List.of(), a.expired());
        assertThat(world.foundNamespaces.get(a.namespace()).filters()).isEqualTo(a.before());
        world.filteredBy(a.namespace(), a.after().toArray(CertificateFilter[]::new));
      }
      case Action.ReissueLeaf a -> reissue(a);
      case Action.RollWorker a -> load(a.target());
      case Action.ScaleWorker a -> load(a.target());
      case Action.AwaitReload a -> load(a.target());
      case Action.RetireCa a -> retire(a);
    }
  }

  private Certificate made(Action.IssueCa action) {
    CaSpec spec = world.cas.get(action.ca().ca().name());
    int generation = action.ca().generation();
    return action
        .keyOf()
        .map(of -> Facts.renewed(spec, generation, certificate(of), CA_LIFE))
        .orElseGet(() -> Facts.made(spec, generation, CA_LIFE));
  }

  private Certificate certificate(CaGeneration ca) {
    return world.ca(ca.ca().name(), ca.generation());
  }

  private void change(String name, List<Certificate> add, Set<Fingerprint> remove) {
    ObservedNamespace now = world.foundNamespaces.get(name);
    List<Certificate> bundle = new ArrayList<>(now.acceptedClientCas());
    for (Certificate ca : now.acceptedClientCas()) {
      if (remove.contains(ca.fingerprint())) {
        assertThat(ca.validity().expiredAt(Facts.NOW) || ours(ca)).as("%s is ours", ca).isTrue();
        bundle.remove(ca);
      }
    }
    add.stream().filter(ca -> !bundle.contains(ca)).forEach(bundle::add);
    if (!now.acceptedClientCas().isEmpty()) {
      assertThat(bundle).hasSizeBetween(1, 16);
    }
    assertThat(bundle).noneMatch(ca -> ca.validity().expiredAt(Facts.NOW));
    Set<String> names = new HashSet<>();
    assertThat(bundle).allMatch(ca -> names.add(ca.subject().value()));
    int bytes = bundle.size() * 700;
    Certificate[] array = bundle.toArray(Certificate[]::new);
    world.found(name, State.ACTIVE, bytes, now.filters(), array);
  }

  private boolean ours(Certificate ca) {
    return world.foundCas.values().stream().anyMatch(c -> c.certificate().equals(ca));
  }

  private void reissue(Action.ReissueLeaf action) {
    Certificate issuer = certificate(action.ca());
    LeafProfile profile = action.profile();
    LeafSpec spec = Facts.leaf("x", action.ca().ca().name(), profile.subject(), profile.dnsNames());
    Certificate leaf = Facts.issued(spec, "issued " + ++issued, issuer, LEAF_LIFE);
    Held held = new Held(leaf, issuer.fingerprint());
    assertThat(action.namespaces()).allMatch(n -> accepts(n, held));
    assertThat(at(action.place()).map(h -> h.leaf().fingerprint())).isEqualTo(action.replaces());
    leaves.put(leaf.fingerprint(), held);
    world.holdsAt(action.place(), leaf, issuer, true).writtenAt(action.place(), Facts.NOW);
  }

  private void load(Action.Target target) {
    Fingerprint leaf = at(target.place()).orElseThrow().leaf().fingerprint();
    if (target.deployment().isPresent()) {
      loaded.put(target.name(), leaf);
      world.runsOn(target.deployment().get(), leaf);
    } else {
      timePasses(target.place(), leaf);
    }
  }

  /// Everybody who reloads by himself has done so.
  private void timePasses(LeafPlace place, Fingerprint leaf) {
    world.writtenAt(place, Facts.NOW.minus(Terms.RELOAD));
    holders.stream()
        .map(Holder::target)
        .filter(t -> t.place().equals(place) && t.deployment().isEmpty())
        .forEach(t -> loaded.put(t.name(), leaf));
  }

  private void retire(Action.RetireCa action) {
    for (Action.Target target : action.inUse()) {
      Fingerprint issuer = at(target.place()).orElseThrow().issuer();
      assertThat(issuer).isNotEqualTo(action.certificate().fingerprint());
    }
    Set<Fingerprint> leaving = new HashSet<>(action.expired());
    leaving.add(action.certificate().fingerprint());
    change(action.namespace(), List.of(), leaving);
  }

  /// Whoever could be asked has said yes, and every soak is over.
  static void openGates(TestWorld world, Plan plan) {
    Map<String, java.time.Instant> soaks = new HashMap<>();
    List<String> yes = new ArrayList<>();
    for (Gate gate : plan.gates()) {
      switch (gate) {
        case Gate.Soak soak -> soaks.put(soak.id(), Facts.NOW.minus(Duration.ofDays(1)));
        case Gate.Approval approval -> yes.add(approval.id());
        case Gate.Acknowledgement _, Gate.NotBefore _ -> {}
      }
    }
    world.recorded(soaks, yes.toArray(String[]::new));
  }

  static void vouchForClients(TestWorld world) {
    world.clients.replaceAll((_, c) -> new ClientSpec(c.name(), c.leaf(), c.place(), true, c.at()));
  }
}
