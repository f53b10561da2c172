package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.observed.Observed;
import newleaf.observed.ObservedNamespace;
import newleaf.plan.Plan.Known;
import newleaf.plan.Plan.NamespaceBefore;
import newleaf.plan.Plan.Role;
import newleaf.plan.Plan.RotationOutlook;

/// What a plan tells beside its steps: how much room there is, what comes next, and the facts that
/// the steps are read against.
final class Outlook {
  /// A rotation that is done less than this before its deadline has no slack.
  private static final Duration MARGIN = Duration.ofDays(7);

  private Outlook() {}

  static List<RotationOutlook> rotations(Draft draft, Timing timing, Instant asOf) {
    return draft.steps.stream()
        .map(Step::rotation)
        .distinct()
        .map(ca -> rotation(draft, timing, ca, asOf))
        .toList();
  }

  private static RotationOutlook rotation(Draft draft, Timing timing, String ca, Instant asOf) {
    Optional<Due> deadline = draft.firstDeadline(ca);
    Duration takes = timing.takes(draft.index.ofRotation(ca));
    return new RotationOutlook(
        ca,
        draft.index.ofRotation(ca).stream().anyMatch(Outlook::replacesExpiredCa),
        deadline,
        takes,
        deadline.map(d -> Duration.between(asOf, d.at()).minus(takes).minus(MARGIN)));
  }

  static List<LaterRemoval> laterRemovals(Draft draft, Timing timing) {
    return draft.postponed.stream()
        .map(p -> p.at(timing.over(p.soak()), draft.narrowedLater))
        .toList();
  }

  private static boolean replacesExpiredCa(Step step) {
    return step.action() instanceof Action.IssueCa && step.reason() instanceof Reason.Expired;
  }

  static Optional<Due> next(Timing timing, List<Gate> gates, List<Due> upcoming, Instant asOf) {
    Stream<Due> free =
        timing.steps().stream()
            .filter(timing::isFree)
            .map(s -> new Due(s.address(), Due.What.STEP, asOf));
    Stream<Due> waits =
        gates.stream().<Due>mapMulti((gate, out) -> opens(gate, asOf).ifPresent(out));
    return Stream.of(free, waits, upcoming.stream())
        .flatMap(dues -> dues)
        .min(Comparator.comparing(Due::at));
  }

  private static Optional<Due> opens(Gate gate, Instant asOf) {
    return switch (gate) {
      case Gate.Soak g ->
          g.until().filter(asOf::isBefore).map(t -> new Due(g.id(), Due.What.SOAK, t));
      case Gate.NotBefore g ->
          Optional.of(g.at())
              .filter(asOf::isBefore)
              .map(t -> new Due(g.id(), Due.What.NOT_BEFORE, t));
      case Gate.Approval _, Gate.Acknowledgement _ -> Optional.empty();
    };
  }

  static List<NamespaceBefore> before(List<Step> steps, Observed observed) {
    Set<String> changed = new LinkedHashSet<>();
    for (Step step : steps) {
      switch (step.action()) {
        case Action.TrustCa a -> changed.add(a.namespace());
        case Action.SetFilters a -> changed.add(a.namespace());
        case Action.RetireCa a -> changed.add(a.namespace());
        case Action.IssueCa _,
            Action.ReissueLeaf _,
            Action.RollWorker _,
            Action.ScaleWorker _,
            Action.AwaitReload _ -> {}
      }
    }
    return observed.namespaces().stream()
        .filter(n -> changed.contains(n.name()))
        .map(n ->
            new NamespaceBefore(n.name(), n.resourceVersion(), n.bundleBytes(), fingerprints(n)))
        .toList();
  }

  private static List<Fingerprint> fingerprints(ObservedNamespace namespace) {
    return namespace.acceptedClientCas().stream().map(Certificate::fingerprint).toList();
  }

  /// Generations of CAs, foreign CAs of the bundles, and the leaves that are replaced.
  static List<Known> known(Draft draft, Survey survey) {
    Observed observed = survey.observed;
    List<Known> known = new ArrayList<>();
    Set<Fingerprint> seen = new HashSet<>();
    observed.cas().forEach(ca -> add(known, seen, Role.CA, ca.address(), ca.certificate()));
    for (ObservedNamespace namespace : observed.namespaces()) {
      for (Certificate ca : namespace.acceptedClientCas()) {
        add(known, seen, Role.FOREIGN_CA, foreign(ca), ca);
      }
    }
    for (Step step : draft.steps) {
      if (step.action() instanceof Action.ReissueLeaf leaf) {
        survey
            .leaf(leaf.place())
            .flatMap(l -> l.certificate())
            .ifPresent(c -> add(known, seen, Role.LEAF, leaf.address(), c));
      }
    }
    return known;
  }

  /// `foreign-ca/9f31c2aa`
  static String foreign(Certificate ca) {
    return "foreign-ca/" + ca.fingerprint().shortText();
  }

  private static void add(
      List<Known> known,
      Set<Fingerprint> seen,
      Role role,
      String address,
      Certificate certificate) {
    if (seen.add(certificate.fingerprint())) {
      known.add(new Known(role, address, certificate));
    }
  }
}
