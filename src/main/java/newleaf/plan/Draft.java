package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.Explanation;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;

/// A plan while it is being written; steps get their ids in the order they are added.
final class Draft {
  final List<Step> steps = new ArrayList<>();
  final List<Gate> gates = new ArrayList<>();
  final List<Blocker> blockers = new ArrayList<>();
  final List<Due> upcoming = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  final Optional<Rollback> rollback;
  final List<Evidence> evidence = new ArrayList<>();
  final List<Postponed> postponed = new ArrayList<>();

  /// Namespaces whose filters are narrowed with a removal that is postponed.
  final Set<String> narrowedLater = new HashSet<>();

  private final Map<String, List<Due>> deadlines = new HashMap<>();
  final List<Holder> holders;
  private final Observed observed;
  private final Map<LeafPlace, ObservedLeaf> leaves = new HashMap<>();
  private final Instant asOf;

  /// @param holders whoever loads a leaf that newleaf writes
  /// @param rollback what it is to plan, if not all that is due
  Draft(List<Holder> holders, Observed observed, Instant asOf, Optional<Rollback> rollback) {
    this.rollback = rollback;
    this.holders = List.copyOf(holders);
    this.observed = observed;
    this.asOf = asOf;
    observed.leaves().forEach(leaf -> leaves.putIfAbsent(leaf.place(), leaf));
  }

  /// What lies at a place of the YAML now; each of them was looked at.
  ObservedLeaf leafAt(LeafPlace place) {
    return Optional.ofNullable(leaves.get(place))
        .orElseThrow(() -> new IllegalStateException(place.address() + " was not observed"));
  }

  /// What an update of the namespace has to drop, since the service refuses a bundle with an
  /// expired CA: all that the steps it needs have not dropped by then.
  Set<Fingerprint> expired(ObservedNamespace namespace, List<String> needs) {
    List<Step> before = steps.stream().filter(s -> needs.contains(s.id())).toList();
    return namespace.acceptedClientCas().stream()
        .filter(c -> c.validity().expiredAt(asOf))
        .map(Certificate::fingerprint)
        .filter(c -> before.stream().noneMatch(s -> drops(s.action(), c, namespace.name())))
        .collect(Collectors.toSet());
  }

  /// The filters of a namespace after the steps so far.
  List<CertificateFilter> filters(ObservedNamespace namespace) {
    List<CertificateFilter> now = namespace.filters();
    for (Step step : steps) {
      if (step.action() instanceof Action.SetFilters set
          && set.namespace().equals(namespace.name())) {
        now = set.after();
      }
    }
    return now;
  }

  /// Leaves the removal of a CA to a later plan; what it soaks begins when the holders have moved.
  void postpone(CaSpec spec, String ca, List<String> namespaces, String soak, List<String> moved) {
    Gate.Soak gate = new Gate.Soak(soak, moved, List.of(), spec.soak(), Optional.empty());
    gates.add(gate);
    postponed.add(new Postponed(spec.name(), ca, namespaces, gate));
  }

  /// A namespace goes on accepting a CA that nobody uses any more when this plan is done.
  boolean keepsAnOldCa(String namespace) {
    return postponed.stream().anyMatch(p -> p.namespaces().contains(namespace));
  }

  /// A step that waits for nobody drops this expired CA.
  boolean dropsAtOnce(Fingerprint expired, String namespace) {
    return steps.stream()
        .filter(s -> gates.stream().noneMatch(g -> g.before().contains(s.id())))
        .anyMatch(s -> drops(s.action(), expired, namespace));
  }

  private static boolean drops(Action action, Fingerprint expired, String namespace) {
    return switch (action) {
      case Action.TrustCa a -> a.namespace().equals(namespace) && a.expired().contains(expired);
      case Action.SetFilters a -> a.namespace().equals(namespace) && a.expired().contains(expired);
      case Action.RetireCa a -> a.namespace().equals(namespace) && a.expired().contains(expired);
      case Action.IssueCa _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.ScaleWorker _,
          Action.AwaitReload _ ->
          false;
    };
  }

  /// @return the id of the new step
  String add(String rotation, Action action, Reason reason, List<String> needs) {
    String id = "s" + (steps.size() + 1);
    Terms terms = Terms.of(action, preconditions(action));
    steps.add(Step.of(id, rotation, action, reason, needs, terms));
    return id;
  }

  /// How many CAs the steps so far add to a namespace.
  int trustedIn(String namespace) {
    return (int)
        steps.stream()
            .filter(s ->
                s.action() instanceof Action.TrustCa t
                    && t.namespace().equals(namespace)
                    && t.replaces().isEmpty())
            .count();
  }

  void block(String code, String where, String what, String next) {
    Blocker blocker = new Blocker(new Explanation(code, where, what, next));
    if (!blockers.contains(blocker)) {
      blockers.add(blocker);
    }
  }

  private List<Precondition> preconditions(Action action) {
    return switch (action) {
      case Action.IssueCa a -> List.of(new Precondition.GenerationFree(a.ca().address()));
      case Action.TrustCa a -> namespace(a.namespace());
      case Action.SetFilters a -> namespace(a.namespace());
      case Action.RetireCa a -> removal(a);
      case Action.ReissueLeaf a ->
          observed.leaf(a.place()).stream()
              .<Precondition>map(l ->
                  new Precondition.PlaceHolds(
                      l.place(), l.certificate().map(Certificate::fingerprint), l.version()))
              .toList();
      case Action.RollWorker a -> workload(a.target());
      case Action.ScaleWorker a -> workload(a.target());
      case Action.AwaitReload a -> workload(a.target());
    };
  }

  private List<Precondition> removal(Action.RetireCa action) {
    List<LeafPlace> known = new Strays(observed, this, asOf).places();
    return Stream.concat(
            namespace(action.namespace()).stream(),
            Stream.of(new Precondition.NoOtherHolder(action.oldAddress(), known)))
        .toList();
  }

  private List<Precondition> namespace(String name) {
    return observed.namespace(name).stream()
        .<Precondition>map(n -> new Precondition.NamespaceAt(name, n.resourceVersion()))
        .toList();
  }

  private List<Precondition> workload(Action.Target target) {
    return target.deployment().flatMap(observed::worker).stream()
        .<Precondition>map(w -> new Precondition.WorkloadThere(w.worker(), w.replicas()))
        .toList();
  }

  void renewal(String address, Instant at) {
    upcoming.add(new Due(address, Due.What.RENEWAL, at));
  }

  /// The end of something that newleaf does not renew.
  void expiry(String address, Instant at) {
    upcoming.add(new Due(address, Due.What.EXPIRY, at));
  }

  void deadline(String rotation, String address, Instant at) {
    deadlines
        .computeIfAbsent(rotation, _ -> new ArrayList<>())
        .add(new Due(address, Due.What.EXPIRY, at));
  }

  Optional<Due> firstDeadline(String rotation) {
    return deadlinesOf(rotation).stream().min(Comparator.comparing(Due::at));
  }

  List<Due> deadlinesOf(String rotation) {
    return deadlines.getOrDefault(rotation, List.of());
  }

  List<Due> upcomingSorted() {
    return upcoming.stream()
        .distinct()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::address))
        .toList();
  }
}
