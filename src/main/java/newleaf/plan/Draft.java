package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
import newleaf.observed.ObservedNamespace;

/// A plan while it is being written; steps get their ids in the order they are added.
final class Draft {
  final List<Step> steps = new ArrayList<>();
  final StepIndex index = new StepIndex();
  final List<Due> upcoming = new ArrayList<>();
  final Optional<Rollback> rollback;
  final List<Evidence> evidence = new ArrayList<>();
  final List<Postponed> postponed = new ArrayList<>();

  /// Namespaces whose filters are narrowed with a removal that is postponed.
  final Set<String> narrowedLater = new HashSet<>();

  final Holders holders;
  private final Survey survey;
  private final List<Gate> gates = new ArrayList<>();
  private final Set<String> gated = new HashSet<>();
  private final Set<Blocker> blockers = new LinkedHashSet<>();
  private final Set<Notice> notices = new LinkedHashSet<>();
  private final Grouped<String, Due> deadlines = new Grouped<>();
  private final Set<String> keepingAnOldCa = new HashSet<>();
  private final List<LeafPlace> strays;

  /// @param rollback what it is to plan, if not all that is due
  Draft(Survey survey, Optional<Rollback> rollback) {
    this.rollback = rollback;
    this.survey = survey;
    holders = new Holders(survey);
    strays = Strays.places(survey.observed);
  }

  /// What an update of the namespace has to drop, since the service refuses a bundle with an
  /// expired CA: all that the steps it needs have not dropped by then.
  Set<Fingerprint> expired(ObservedNamespace namespace, List<String> needs) {
    return namespace.acceptedClientCas().stream()
        .filter(c -> c.validity().expiredAt(survey.asOf))
        .map(Certificate::fingerprint)
        .filter(c ->
            index.updating(namespace.name()).stream()
                .noneMatch(s -> drops(s.action(), c) && needs.contains(s.id())))
        .collect(Collectors.toSet());
  }

  /// The filters of a namespace after the steps so far.
  List<CertificateFilter> filters(ObservedNamespace namespace) {
    return index.filters(namespace.name()).orElse(namespace.filters());
  }

  /// Leaves the removal of a CA to a later plan; what it soaks begins when the holders have moved.
  void postpone(CaSpec spec, String ca, List<String> namespaces, String soak, List<String> moved) {
    Gate.Soak gate = new Gate.Soak(soak, moved, List.of(), spec.soak(), Optional.empty());
    gate(gate);
    keepingAnOldCa.addAll(namespaces);
    postponed.add(new Postponed(spec.name(), ca, namespaces, gate));
  }

  /// A namespace goes on accepting a CA that nobody uses any more when this plan is done.
  boolean keepsAnOldCa(String namespace) {
    return keepingAnOldCa.contains(namespace);
  }

  /// A step that waits for nobody drops this expired CA.
  boolean dropsAtOnce(Fingerprint expired, String namespace) {
    return index.updating(namespace).stream()
        .anyMatch(s -> drops(s.action(), expired) && !gated.contains(s.id()));
  }

  private static boolean drops(Action action, Fingerprint expired) {
    return switch (action) {
      case Action.TrustCa a -> a.expired().contains(expired);
      case Action.SetFilters a -> a.expired().contains(expired);
      case Action.RetireCa a -> a.expired().contains(expired);
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
    Step step = Step.of(id, rotation, action, reason, needs, terms);
    steps.add(step);
    index.add(step);
    return id;
  }

  void gate(Gate gate) {
    gates.add(gate);
    gated.addAll(gate.before());
  }

  List<Gate> gates() {
    return gates;
  }

  /// How many CAs the steps so far add to a namespace.
  int trustedIn(String namespace) {
    return (int)
        index.updating(namespace).stream()
            .filter(s -> s.action() instanceof Action.TrustCa t && t.replaces().isEmpty())
            .count();
  }

  void block(String code, String where, String what, String next) {
    blockers.add(new Blocker(new Explanation(code, where, what, next)));
  }

  List<Blocker> blockers() {
    return List.copyOf(blockers);
  }

  /// Said once, however often it is seen.
  void notice(Notice notice) {
    notices.add(notice);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  private List<Precondition> preconditions(Action action) {
    return switch (action) {
      case Action.IssueCa a -> List.of(new Precondition.GenerationFree(a.ca().address()));
      case Action.TrustCa a -> namespace(a.namespace());
      case Action.SetFilters a -> namespace(a.namespace());
      case Action.RetireCa a -> removal(a);
      case Action.ReissueLeaf a ->
          survey.leaf(a.place()).stream()
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
    return Stream.concat(
            namespace(action.namespace()).stream(),
            Stream.of(new Precondition.NoOtherHolder(action.oldAddress(), strays)))
        .toList();
  }

  private List<Precondition> namespace(String name) {
    return survey.namespace(name).stream()
        .<Precondition>map(n -> new Precondition.NamespaceAt(name, n.resourceVersion()))
        .toList();
  }

  private List<Precondition> workload(Action.Target target) {
    return target.deployment().flatMap(survey::worker).stream()
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
    deadlines.add(rotation, new Due(address, Due.What.EXPIRY, at));
  }

  Optional<Due> firstDeadline(String rotation) {
    return deadlinesOf(rotation).stream().min(Comparator.comparing(Due::at));
  }

  List<Due> deadlinesOf(String rotation) {
    return deadlines.of(rotation);
  }

  List<Due> upcomingSorted() {
    return upcoming.stream()
        .distinct()
        .sorted(Comparator.comparing(Due::at).thenComparing(Due::address))
        .toList();
  }
}
