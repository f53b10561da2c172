package newleaf.plan;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.Explanation;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.Validity;
import newleaf.desired.CaSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;

/// The steps for one CA and all leaves that come from it: issue, trust, reissue, roll, and then
/// what [Retirement] adds. The order of the calls in `plan` is the order of the rotation.
final class Rotation {
  private final Survey survey;
  private final Instant asOf;
  private final CaSpec spec;
  private final Draft draft;
  private final List<Holder> holders;

  Rotation(Survey survey, CaSpec spec, Draft draft) {
    this.survey = survey;
    this.asOf = survey.asOf;
    this.spec = spec;
    this.draft = draft;
    this.holders = draft.holders.ofCa(spec.name());
  }

  void plan() {
    List<ObservedCa> generations = survey.generations(spec.name());
    Optional<Stay> stay = Stay.of(survey, spec);
    if (isRefused(stay)) {
      return;
    }
    Optional<ObservedCa> kept = stay.flatMap(s -> s.at(asOf));
    kept.ifPresent(ca -> tell(stay.get(), ca));
    List<ObservedCa> current = kept.map(List::of).orElseGet(() -> current(generations));
    Optional<Reason> issue =
        kept.isPresent()
            ? Optional.empty()
            : CaChecks.due(spec, generations, asOf).or(() -> keyElsewhere(current));
    if (kept.isEmpty()) {
      remember(current, issue);
    }
    int newest = current.isEmpty() ? 0 : current.getLast().generation();
    CaGeneration target = new CaGeneration(spec.keys(), issue.isPresent() ? newest + 1 : newest);
    Optional<Certificate> certificate =
        issue.isPresent() ? Optional.empty() : Optional.of(current.getLast().certificate());

    boolean sameKey = SameKey.suffices(spec, generations, issue);
    SameKey line =
        kept.map(ca -> SameKey.of(generations, ca))
            .orElseGet(() -> SameKey.of(generations, issue.isPresent() && !sameKey));
    List<String> issued = issue(target, issue, keyOf(sameKey, newest));
    Map<LeafPlace, Reason> due = reissuesDue(target, line.fingerprints());
    Map<String, String> widened = new LinkedHashMap<>();
    Map<String, String> trusted = new LinkedHashMap<>();
    Trusting trusting = new Trusting(survey, spec, draft);
    if (everyCaExpired()) { // without a CA that lives no other update is accepted
      trusted.putAll(trusting.plan(target, certificate, line, _ -> issued));
      widened.putAll(widen(due, n -> and(issued, trusted, n)));
    } else {
      // before the CA is trusted, since its proof is a leaf that looks like those to come
      widened.putAll(widen(due, _ -> issued));
      trusted.putAll(trusting.plan(target, certificate, line, n -> and(issued, widened, n)));
    }
    Map<LeafPlace, String> reissued = reissue(target, due, n -> ready(issued, trusted, widened, n));
    // pods of workers that are left as they are need not be on the leaf that lies there
    List<String> rolled =
        target.adopted() ? List.of() : new Rolling(survey, spec, draft).plan(reissued);
    if (draft.rollback.filter(Rollback::goesBack).isEmpty()) { // a way back takes nothing away
      new Retirement(survey, spec, draft).plan(target, line, rolled(trusted, reissued, rolled));
    }
  }

  private static List<String> and(
      List<String> needs, Map<String, String> byNamespace, String namespace) {
    return Stream.concat(needs.stream(), Optional.ofNullable(byNamespace.get(namespace)).stream())
        .toList();
  }

  /// What has to be done before a leaf of the CA can be used in a namespace.
  private static List<String> ready(
      List<String> issued,
      Map<String, String> trusted,
      Map<String, String> widened,
      String namespace) {
    return and(
        and(trusted.containsKey(namespace) ? List.of() : issued, trusted, namespace),
        widened,
        namespace);
  }

  /// Somebody asks to go back where it can not stay.
  private boolean isRefused(Optional<Stay> stay) {
    Optional<Explanation> why =
        draft.rollback.isEmpty() ? Optional.empty() : stay.flatMap(s -> s.over(asOf));
    why.ifPresent(w -> draft.block(w.code(), w.where(), w.what(), w.next()));
    return why.isPresent();
  }

  private void tell(Stay stay, ObservedCa ca) {
    draft.renewal(ca.address(), stay.until(ca));
    stay.notices(ca, asOf).forEach(draft::notice);
  }

  private Map<String, String> widen(
      Map<LeafPlace, Reason> due, Function<String, List<String>> needs) {
    return new FilterSteps(survey, draft, spec.name()).widen(reissuing(due.keySet()), needs);
  }

  private boolean everyCaExpired() {
    return survey.wanted.accepting(spec.name()).stream()
        .flatMap(n -> survey.namespace(n.name()).stream())
        .anyMatch(n ->
            n.mtlsEnabled()
                && n.acceptedClientCas().stream().allMatch(c -> c.validity().expiredAt(asOf)));
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
    return survey.wanted.accepting(spec.name()).stream()
        .flatMap(n -> survey.namespace(n.name()).stream())
        .filter(n -> cas.stream().noneMatch(n::trusts))
        .map(n -> "namespace/" + n.name())
        .findFirst();
  }

  private ObservedLeaf found(Holder holder) {
    return survey.leafAt(holder.target().place());
  }

  private static List<String> rolled(
      Map<String, String> trusted, Map<LeafPlace, String> reissued, List<String> rolled) {
    Set<String> all = new LinkedHashSet<>(trusted.values());
    all.addAll(reissued.values());
    all.addAll(rolled);
    return List.copyOf(all);
  }

  private void remember(List<ObservedCa> current, Optional<Reason> due) {
    for (ObservedCa ca : current) {
      Validity validity = ca.certificate().validity();
      if (due.isPresent()) {
        draft.deadline(spec.name(), ca.address(), validity.notAfter());
      } else {
        draft.renewal(ca.address(), validity.renewAt(spec.renewBefore().value()));
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

  private Map<LeafPlace, Reason> reissuesDue(CaGeneration target, Set<Fingerprint> issuers) {
    Map<LeafPlace, Reason> due = new LinkedHashMap<>();
    for (Holder holder : holders) {
      LeafPlace place = holder.target().place();
      ObservedLeaf found = survey.leafAt(place);
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

  /// @param needs by namespace
  /// @return step ids by place
  private Map<LeafPlace, String> reissue(
      CaGeneration target, Map<LeafPlace, Reason> due, Function<String, List<String>> needs) {
    Map<LeafPlace, String> steps = new LinkedHashMap<>();
    due.forEach((place, reason) -> steps.put(place, reissue(target, place, reason, needs)));
    return steps;
  }

  private List<Holder> reissuing(Set<LeafPlace> places) {
    return holders.stream().filter(h -> places.contains(h.target().place())).toList();
  }

  private String reissue(
      CaGeneration target, LeafPlace place, Reason reason, Function<String, List<String>> needs) {
    List<Holder> here =
        draft.holders.at(place).stream().filter(h -> h.leaf().ca().equals(spec.name())).toList();
    ObservedLeaf found = survey.leafAt(place);
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
        namespaces.stream().flatMap(n -> needs.apply(n).stream()).distinct().toList());
  }

  private void next(Holder holder, ObservedLeaf found) {
    found
        .certificate()
        .ifPresent(c ->
            draft.renewal(
                found.place().address(),
                c.validity().renewAt(holder.leaf().renewBefore().value())));
  }
}
