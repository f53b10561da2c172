package newleaf.plan;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Retire;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedNamespace;

/// The end of a rotation: gates, removing the generations that nothing uses any more, settling the
/// filters.
record Retirement(Survey survey, CaSpec spec, Draft draft) {

  /// @param moved the steps that bring every leaf to the target
  /// @param line the generations with the target's key: they are replaced, and not retired
  void plan(CaGeneration target, SameKey line, List<String> moved) {
    List<ObservedCa> old =
        line.generations().stream()
            .filter(g -> g.generation() < target.generation() && !replacedByTrust(g, line))
            .toList();
    for (ObservedCa ca : old) {
      retire(ca, target, moved);
    }
    if (draft.rollback.isEmpty()) { // or leaves of other CAs would have to move before
      settleFilters();
    }
  }

  /// One that has expired, and was forgotten somewhere, is dropped like any other.
  private boolean replacedByTrust(ObservedCa old, SameKey line) {
    return line.contains(old) && !old.certificate().validity().expiredAt(survey.asOf);
  }

  private void retire(ObservedCa old, CaGeneration target, List<String> moved) {
    List<ObservedNamespace> accepting =
        survey.trusting(old.certificate().fingerprint()).stream()
            .filter(n -> survey.wanted.accepts(n.name(), spec.name()))
            .filter(n -> !draft.dropsAtOnce(old.certificate().fingerprint(), n.name()))
            .toList();
    if (accepting.isEmpty()) {
      return;
    }
    if (Postponed.isDue(spec, old.certificate(), moved, survey.asOf)) {
      List<String> names = accepting.stream().map(ObservedNamespace::name).toList();
      draft.postpone(spec, old.address(), names, "soak/" + old.address(), moved);
      return;
    }
    boolean expired = old.certificate().validity().expiredAt(survey.asOf);
    Map<String, String> steps = new LinkedHashMap<>();
    for (ObservedNamespace namespace : accepting) {
      Guards.state(draft, namespace);
      Reason reason =
          expired
              ? new Reason.Expired(old.certificate().validity().notAfter())
              : new Reason.NoLongerUsed(target.address());
      List<String> here = movedIn(namespace);
      String step = draft.add(spec.name(), retireCa(namespace, old, target, here), reason, here);
      steps.put(namespace.name(), step);
    }
    if (!expired) { // it verifies nothing any more, so nobody is waited for or asked
      gates(old, moved, List.copyOf(steps.values()));
      forgottenLeaves(old, moved, steps);
      new Strays(survey, draft).ask(old, moved, steps);
    }
    if (!expired && moved.isEmpty()) {
      new Witnesses(survey, draft).testify(old, steps, draft.holders.ofCa(spec.name()));
    }
  }

  /// Whoever connects elsewhere does not keep the CA here; that all have moved, is what the gates
  /// wait for.
  private List<String> movedIn(ObservedNamespace namespace) {
    return draft.index.moving(namespace.name()).stream()
        .filter(s -> s.rotation().equals(spec.name()))
        .map(Step::id)
        .toList();
  }

  private Action.RetireCa retireCa(
      ObservedNamespace namespace, ObservedCa old, CaGeneration target, List<String> moved) {
    return new Action.RetireCa(
        namespace.name(),
        new CaGeneration(spec.keys(), old.generation()),
        old.certificate(),
        Optional.of(target),
        draft.expired(namespace, moved),
        Probe.of(spec, draft.holders.ofCa(spec.name()), draft.filters(namespace)),
        draft.holders.in(namespace.name(), spec.name()).stream().map(Holder::target).toList());
  }

  private void gates(ObservedCa old, List<String> after, List<String> before) {
    List<String> unknown =
        survey.wanted.clients(spec.name()).stream()
            .filter(c -> !c.acknowledged())
            .map(ClientSpec::name)
            .toList();
    if (!unknown.isEmpty()) {
      draft.gate(new Gate.Acknowledgement("clients/" + old.address(), after, before, unknown));
    }
    String id = "soak/" + old.address();
    Optional<Instant> opened =
        after.isEmpty()
            ? Optional.ofNullable(survey.recorded().gatesOpenedAt().get(id))
            : Optional.empty();
    draft.gate(new Gate.Soak(id, after, before, spec.soak(), opened));
    boolean putBack = survey.recorded().putBack().contains(old.address());
    if (spec.retire() == Retire.MANUAL || putBack) {
      approval(
          "retire/" + old.address(),
          after,
          before,
          (putBack ? "workers dropped when it was removed; once more " : "")
              + "remove "
              + old.certificate().subject().value()
              + " for good?");
    }
  }

  private void approval(String id, List<String> after, List<String> before, String question) {
    boolean given = survey.recorded().approvals().contains(id);
    draft.gate(new Gate.Approval(id, after, before, question, given));
  }

  /// Whoever loads a leaf from a place that is no longer in the YAML would be locked out.
  private void forgottenLeaves(ObservedCa old, List<String> after, Map<String, String> steps) {
    Set<Fingerprint> sameKey = survey.sameKey(old);
    for (IssuedLeaf leaf : draft.holders.forgotten()) {
      List<String> before =
          leaf.namespaces().stream().filter(steps::containsKey).map(steps::get).toList();
      if (sameKey.contains(leaf.issuer()) && !before.isEmpty()) {
        approval(
            "unmanaged/" + old.address() + "/" + leaf.place(),
            after,
            before,
            "%s is no longer in the YAML and has a leaf of %s until %s; does nobody use it?"
                .formatted(leaf.place(), old.address(), leaf.notAfter()));
      }
    }
  }

  /// In the last rotation of a namespace, when the leaves of all its CAs have moved.
  private void settleFilters() {
    FilterSteps filters = new FilterSteps(survey, draft, spec.name());
    for (NamespaceSpec namespace : survey.wanted.lastOf(spec.name())) {
      survey
          .namespace(namespace.name())
          .ifPresent(found -> filters.settle(namespace, found, changes(namespace.name())));
    }
  }

  private List<String> changes(String namespace) {
    return draft.index.changing(namespace).stream().map(Step::id).toList();
  }
}
