package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;

/// The steps for one CA and all leaves that come from it: issue, trust, reissue, roll, and then
/// what [Retirement] adds. The order of the calls in `plan` is the order of the rotation.
final class Rotation {
  private final Desired desired;
  private final Observed observed;
  private final Instant asOf;
  private final CaSpec spec;
  private final Draft draft;
  private final List<Holder> holders;

  Rotation(Desired desired, Observed observed, Instant asOf, CaSpec spec, Draft draft) {
    this.desired = desired;
    this.observed = observed;
    this.asOf = asOf;
    this.spec = spec;
    this.draft = draft;
    this.holders =
        Holder.of(desired, observed).stream()
            .filter(h -> h.leaf().ca().equals(spec.name()))
            .toList();
  }

  void plan() {
    List<ObservedCa> generations = observed.generations(spec.name());
    Optional<Reason> issue = CaChecks.due(spec, generations, asOf);
    remember(generations, issue);
    int newest = generations.isEmpty() ? 0 : generations.getLast().generation();
    CaGeneration target = new CaGeneration(spec.keys(), issue.isPresent() ? newest + 1 : newest);
    Optional<Certificate> certificate =
        issue.isPresent() ? Optional.empty() : Optional.of(generations.getLast().certificate());

    boolean sameKey = SameKey.suffices(spec, generations, issue);
    SameKey line = SameKey.of(generations, issue.isPresent() && !sameKey);
    List<String> issued = issue(target, issue, keyOf(sameKey, newest));
    Map<LeafPlace, Reason> due = reissuesDue(target, line.fingerprints());
    List<String> widened = new ArrayList<>();
    Map<String, String> trusted = new LinkedHashMap<>();
    if (everyCaExpired()) { // without a CA that lives no other update is accepted
      trusted.putAll(trust(target, certificate, line, issued));
      widened.addAll(widen(due, both(issued, List.copyOf(trusted.values()))));
    } else {
      // before the CA is trusted, since its proof is a leaf that looks like those to come
      widened.addAll(widen(due, issued));
      trusted.putAll(trust(target, certificate, line, both(issued, widened)));
    }
    Map<LeafPlace, String> reissued =
        reissue(
            target, due, both(trusted.isEmpty() ? issued : List.copyOf(trusted.values()), widened));
    List<String> rolled = roll(reissued);
    new Retirement(desired, observed, asOf, spec, draft, holders)
        .plan(target, line, rolled(trusted, reissued, rolled));
  }

  private List<String> widen(Map<LeafPlace, Reason> due, List<String> needs) {
    return new FilterSteps(desired, observed, asOf, draft, spec.name())
        .widen(reissuing(due.keySet()), needs);
  }

  private boolean everyCaExpired() {
    return observed.namespaces().stream()
        .filter(n -> accepts(n.name()))
        .anyMatch(n ->
            n.mtlsEnabled()
                && n.acceptedClientCas().stream().allMatch(c -> c.validity().expiredAt(asOf)));
  }

  private boolean accepts(String namespace) {
    return Holder.accepting(desired, spec.name()).contains(namespace);
  }

  private static List<String> rolled(
      Map<String, String> trusted, Map<LeafPlace, String> reissued, List<String> rolled) {
    Set<String> all = new LinkedHashSet<>(trusted.values());
    all.addAll(reissued.values());
    all.addAll(rolled);
    return List.copyOf(all);
  }

  private void remember(List<ObservedCa> generations, Optional<Reason> due) {
    if (!generations.isEmpty()) {
      ObservedCa newest = generations.getLast();
      if (due.isPresent()) {
        draft.deadline(spec.name(), newest.address(), newest.certificate().validity().notAfter());
      } else {
        draft.renewal(
            newest.address(), newest.certificate().validity().renewAt(spec.renewBefore().value()));
      }
    }
  }

  private Optional<CaGeneration> keyOf(boolean sameKey, int newest) {
    return sameKey ? Optional.of(new CaGeneration(spec.keys(), newest)) : Optional.empty();
  }

  private List<String> issue(
      CaGeneration target, Optional<Reason> due, Optional<CaGeneration> keyOf) {
    Action action = new Action.IssueCa(target, spec.profile(), keyOf);
    return due.map(reason -> draft.add(spec.name(), action, reason, List.of()))
        .map(List::of)
        .orElse(List.of());
  }

  /// @return step ids by namespace
  private Map<String, String> trust(
      CaGeneration target, Optional<Certificate> certificate, SameKey line, List<String> issued) {
    Map<String, String> steps = new LinkedHashMap<>();
    for (NamespaceSpec namespace : desired.namespaces()) {
      if (!namespace.cas().contains(spec.name())) {
        continue;
      }
      Optional<ObservedNamespace> found = observed.namespace(namespace.name());
      if (found.isEmpty()) {
        Guards.missingNamespace(draft, namespace, desired.account());
      } else if (certificate.isEmpty() || !found.get().trusts(certificate.get().fingerprint())) {
        Optional<ObservedCa> replaced = replaced(found.get(), line, target);
        if (replaced.isPresent()) {
          Guards.state(draft, found.get());
        } else {
          Guards.beforeTrust(draft, found.get(), spec, target.generation(), asOf);
        }
        String step =
            draft.add(
                spec.name(),
                trustCa(found.get(), target, replaced),
                found.get().mtlsEnabled()
                    ? new Reason.NotTrusted(target.address())
                    : new Reason.MtlsOff(target.address()),
                issued);
        steps.put(namespace.name(), step);
        replaced.ifPresent(old -> askAgain(old, issued, step));
      }
    }
    return steps;
  }

  /// Two CAs of one subject can not be accepted side by side.
  private Optional<ObservedCa> replaced(
      ObservedNamespace namespace, SameKey line, CaGeneration target) {
    return line.generations().stream()
        .filter(g -> g.generation() < target.generation() && line.contains(g))
        .filter(g -> namespace.trusts(g.certificate().fingerprint()))
        .filter(g -> !g.certificate().validity().expiredAt(asOf))
        .findFirst();
  }

  /// Leaves were refused when it was replaced, so it was put back.
  private void askAgain(ObservedCa old, List<String> after, String step) {
    if (observed.recorded().putBack().contains(old.address())) {
      String id = "replace/" + old.address();
      draft.gates.add(
          new Gate.Approval(
              id,
              after,
              List.of(step),
              "leaves were refused when %s was replaced; once more?".formatted(old.address()),
              observed.recorded().approvals().contains(id)));
    }
  }

  private Action.TrustCa trustCa(
      ObservedNamespace namespace, CaGeneration target, Optional<ObservedCa> replaced) {
    return new Action.TrustCa(
        namespace.name(),
        target,
        replaced.map(old -> new CaGeneration(spec.keys(), old.generation())),
        draft.expired(namespace),
        Probe.of(spec, holdersIn(namespace.name()), draft.filters(namespace)),
        placesIn(namespace.name()));
  }

  private List<Holder> holdersIn(String namespace) {
    return holders.stream().filter(h -> h.target().namespaces().contains(namespace)).toList();
  }

  private List<LeafPlace> placesIn(String namespace) {
    return Retirement.targetsIn(holders, namespace).stream()
        .map(Action.Target::place)
        .filter(place -> found(place).certificate().isPresent())
        .distinct()
        .toList();
  }

  private Map<LeafPlace, Reason> reissuesDue(CaGeneration target, Set<Fingerprint> issuers) {
    Map<LeafPlace, Reason> due = new LinkedHashMap<>();
    for (Holder holder : holders) {
      LeafPlace place = holder.target().place();
      ObservedLeaf found = found(place);
      if (due.containsKey(place)) {
        continue;
      }
      LeafChecks.due(holder.leaf(), found, issuers, target.address(), asOf)
          .ifPresentOrElse(reason -> due.put(place, reason), () -> next(holder, found));
    }
    return due;
  }

  /// @return step ids by place
  private Map<LeafPlace, String> reissue(
      CaGeneration target, Map<LeafPlace, Reason> due, List<String> needs) {
    Map<LeafPlace, String> steps = new LinkedHashMap<>();
    due.forEach((place, reason) -> steps.put(place, reissue(target, place, reason, needs)));
    return steps;
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private List<Holder> reissuing(Set<LeafPlace> places) {
    return holders.stream().filter(h -> places.contains(h.target().place())).toList();
  }

  private String reissue(CaGeneration target, LeafPlace place, Reason reason, List<String> needs) {
    List<Holder> here = reissuing(Set.of(place));
    ObservedLeaf found = found(place);
    Guards.beforeDelivery(draft, found);
    found
        .certificate()
        .ifPresent(c -> draft.deadline(spec.name(), place.address(), c.validity().notAfter()));
    List<String> namespaces =
        here.stream().flatMap(h -> h.target().namespaces().stream()).distinct().toList();
    return draft.add(
        spec.name(),
        new Action.ReissueLeaf(
            place,
            target,
            here.getFirst().leaf().profile(),
            namespaces,
            found.certificate().map(Certificate::fingerprint)),
        reason,
        needs);
  }

  private void next(Holder holder, ObservedLeaf found) {
    found
        .certificate()
        .ifPresent(c ->
            draft.renewal(
                found.place().address(),
                c.validity().renewAt(holder.leaf().renewBefore().value())));
  }

  private ObservedLeaf found(LeafPlace place) {
    return observed
        .leaf(place)
        .orElseThrow(() -> new IllegalStateException(place.address() + " was not observed"));
  }

  private List<String> roll(Map<LeafPlace, String> reissued) {
    List<String> steps = new ArrayList<>();
    for (Holder holder : holders) {
      Optional<String> after = Optional.ofNullable(reissued.get(holder.target().place()));
      Optional<Reason> reason =
          after
              .<Reason>map(_ -> new Reason.LeafReissued())
              .or(() -> notLoaded(holder.target()))
              .or(() -> justWritten(holder.target()));
      if (reason.isPresent()) {
        Guards.beforeRoll(draft, holder.target(), observed);
        steps.add(draft.add(spec.name(), restart(holder), reason.get(), after.stream().toList()));
      }
    }
    return steps;
  }

  private Optional<Reason> notLoaded(Action.Target target) {
    ObservedLeaf leaf = found(target.place());
    if (target.deployment().isEmpty() || leaf.certificate().isEmpty()) {
      return Optional.empty();
    }
    Fingerprint wanted = leaf.certificate().get().fingerprint();
    List<String> behind =
        observed
            .worker(target.deployment().get())
            .map(w -> w.notOn(wanted, leaf.writtenAt()))
            .orElse(List.of())
            .stream()
            .map(ObservedWorker.Pod::name)
            .toList();
    return behind.isEmpty() ? Optional.empty() : Optional.of(new Reason.NotLoaded(behind));
  }

  /// A run was stopped between the delivery of a leaf and the time that was to be given for loading
  /// it. It matters only while there is an old CA to retire.
  private Optional<Reason> justWritten(Action.Target target) {
    return target.deployment().isEmpty() && oldOneIsTrusted(target)
        ? found(target.place())
            .writtenAt()
            .filter(at -> asOf.isBefore(at.plus(Terms.RELOAD)))
            .map(Reason.JustWritten::new)
        : Optional.empty();
  }

  private boolean oldOneIsTrusted(Action.Target target) {
    List<ObservedCa> generations = observed.generations(spec.name());
    return generations.stream()
        .limit(Math.max(0, generations.size() - 1))
        .map(ca -> ca.certificate().fingerprint())
        .anyMatch(ca ->
            observed.namespaces().stream()
                .anyMatch(n -> target.namespaces().contains(n.name()) && n.trusts(ca)));
  }

  private static Action restart(Holder holder) {
    return switch (holder.restart()) {
      case ROLLING -> new Action.RollWorker(holder.target());
      case SCALE -> new Action.ScaleWorker(holder.target());
      case NONE -> new Action.AwaitReload(holder.target());
    };
  }
}
