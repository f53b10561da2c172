package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.Validity;
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
        Holder.of(desired).stream().filter(h -> h.leaf().ca().equals(spec.name())).toList();
  }

  void plan() {
    List<ObservedCa> generations = observed.generations(spec.name());
    List<ObservedCa> current = current(generations);
    Optional<Reason> issue = CaChecks.due(spec, generations, asOf).or(() -> keyElsewhere(current));
    remember(generations, issue);
    int newest = generations.isEmpty() ? 0 : generations.getLast().generation();
    CaGeneration target = new CaGeneration(spec.keys(), issue.isPresent() ? newest + 1 : newest);
    Set<Fingerprint> issuers = issue.isPresent() ? Set.of() : fingerprints(current);

    List<String> issued = issue(target, issue);
    Map<LeafPlace, Reason> due = reissuesDue(target, issuers);
    // before the CA is trusted, since its proof is a leaf that looks like those to come
    List<String> widened =
        FilterSteps.widen(draft, spec.name(), reissuing(due.keySet()), observed, issued);
    Map<String, String> trusted = trust(target, issuers, both(issued, widened));
    Map<LeafPlace, String> reissued =
        reissue(
            target, due, both(trusted.isEmpty() ? issued : List.copyOf(trusted.values()), widened));
    // pods of workers that are left as they are need not be on the leaf that lies there
    List<String> rolled = target.adopted() ? List.of() : roll(reissued);
    new Retirement(desired, observed, asOf, spec, draft, holders)
        .plan(target, generations, rolled(trusted, reissued, rolled));
  }

  /// Those whose leaves are right: the newest generation, or while newleaf has made none, all that
  /// somebody else made.
  private static List<ObservedCa> current(List<ObservedCa> generations) {
    return generations.isEmpty() || generations.getLast().adopted()
        ? generations
        : List.of(generations.getLast());
  }

  private static Set<Fingerprint> fingerprints(List<ObservedCa> cas) {
    return cas.stream().map(ca -> ca.certificate().fingerprint()).collect(Collectors.toSet());
  }

  /// With the key of somebody else nothing can be issued, and nothing proven to a namespace.
  private Optional<Reason> keyElsewhere(List<ObservedCa> current) {
    if (current.isEmpty() || !current.getFirst().adopted()) {
      return Optional.empty();
    }
    Set<Fingerprint> adopted = fingerprints(current);
    Optional<String> leaf =
        holders.stream()
            .filter(h -> LeafChecks.unusable(h.leaf(), found(h), adopted, "", asOf).isPresent())
            .map(h -> h.target().place().address())
            .findFirst();
    return leaf.or(() -> acceptingNone(adopted)).map(Reason.KeyElsewhere::new);
  }

  private Optional<String> acceptingNone(Set<Fingerprint> cas) {
    return desired.namespaces().stream()
        .filter(n -> n.cas().contains(spec.name()))
        .flatMap(n -> observed.namespace(n.name()).stream())
        .filter(n -> cas.stream().noneMatch(n::trusts))
        .map(n -> "namespace/" + n.name())
        .findFirst();
  }

  private ObservedLeaf found(Holder holder) {
    return found(holder.target().place());
  }

  private static List<String> rolled(
      Map<String, String> trusted, Map<LeafPlace, String> reissued, List<String> rolled) {
    Set<String> all = new LinkedHashSet<>(trusted.values());
    all.addAll(reissued.values());
    all.addAll(rolled);
    return List.copyOf(all);
  }

  private void remember(List<ObservedCa> generations, Optional<Reason> due) {
    for (ObservedCa ca : current(generations)) {
      Validity validity = ca.certificate().validity();
      if (due.isPresent()) {
        draft.deadline(spec.name(), ca.address(), validity.notAfter());
      } else {
        draft.renewal(ca.address(), validity.renewAt(spec.renewBefore().value()));
      }
    }
  }

  private List<String> issue(CaGeneration target, Optional<Reason> due) {
    return due.map(reason ->
            draft.add(spec.name(), new Action.IssueCa(target, spec.profile()), reason, List.of()))
        .map(List::of)
        .orElse(List.of());
  }

  /// @return step ids by namespace
  private Map<String, String> trust(
      CaGeneration target, Set<Fingerprint> issuers, List<String> issued) {
    Map<String, String> steps = new LinkedHashMap<>();
    for (NamespaceSpec namespace : desired.namespaces()) {
      if (!namespace.cas().contains(spec.name())) {
        continue;
      }
      Optional<ObservedNamespace> found = observed.namespace(namespace.name());
      if (found.isEmpty()) {
        Guards.missingNamespace(draft, namespace, desired.account());
      } else if (issuers.stream().noneMatch(found.get()::trusts)) {
        Guards.beforeTrust(draft, found.get(), spec, target.generation(), asOf);
        steps.put(
            namespace.name(),
            draft.add(
                spec.name(),
                trustCa(found.get(), target),
                found.get().mtlsEnabled()
                    ? new Reason.NotTrusted(target.address())
                    : new Reason.MtlsOff(target.address()),
                issued));
      }
    }
    return steps;
  }

  private Action.TrustCa trustCa(ObservedNamespace namespace, CaGeneration target) {
    Set<Fingerprint> expired =
        namespace.acceptedClientCas().stream()
            .filter(c -> c.validity().expiredAt(asOf))
            .map(Certificate::fingerprint)
            .collect(Collectors.toSet());
    return new Action.TrustCa(
        namespace.name(),
        target,
        expired,
        Retirement.probe(desired, spec, namespace.name()),
        placesIn(namespace.name()));
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
      Optional<Reason> reissue =
          target.adopted()
              ? Optional.empty() // or the first generation of newleaf would be the target
              : LeafChecks.due(holder.leaf(), found, issuers, target.address(), asOf);
      reissue.ifPresentOrElse(reason -> due.put(place, reason), () -> next(holder, found));
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
          after.<Reason>map(_ -> new Reason.LeafReissued()).or(() -> notLoaded(holder.target()));
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

  private static Action restart(Holder holder) {
    return switch (holder.restart()) {
      case ROLLING -> new Action.RollWorker(holder.target());
      case SCALE -> new Action.ScaleWorker(holder.target());
      case NONE -> new Action.AwaitReload(holder.target());
    };
  }
}
