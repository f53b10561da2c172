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
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Retire;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedNamespace;

/// The end of a rotation: gates, removing the generations that nothing uses any more, settling the
/// filters.
record Retirement(
    Desired desired,
    Observed observed,
    Instant asOf,
    CaSpec spec,
    Draft draft,
    List<Holder> holders) {

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
    return line.contains(old) && !old.certificate().validity().expiredAt(asOf);
  }

  private void retire(ObservedCa old, CaGeneration target, List<String> moved) {
    List<ObservedNamespace> accepting =
        observed.namespaces().stream()
            .filter(n -> n.trusts(old.certificate().fingerprint()) && usesCa(n.name()))
            .filter(n -> !draft.dropsAtOnce(old.certificate().fingerprint(), n.name()))
            .toList();
    if (accepting.isEmpty()) {
      return;
    }
    if (Postponed.isDue(spec, old.certificate(), moved, asOf)) {
      List<String> names = accepting.stream().map(ObservedNamespace::name).toList();
      draft.postpone(spec, old.address(), names, "soak/" + old.address(), moved);
      return;
    }
    boolean expired = old.certificate().validity().expiredAt(asOf);
    Map<String, String> steps = new LinkedHashMap<>();
    for (ObservedNamespace namespace : accepting) {
      Guards.state(draft, namespace);
      Reason reason =
          expired
              ? new Reason.Expired(old.certificate().validity().notAfter())
              : new Reason.NoLongerUsed(target.address());
      String step = draft.add(spec.name(), retireCa(namespace, old, target, moved), reason, moved);
      steps.put(namespace.name(), step);
    }
    if (!expired) { // it verifies nothing any more, so nobody is waited for or asked
      gates(old, moved, List.copyOf(steps.values()));
      forgottenLeaves(old, moved, steps);
      new Strays(observed, draft, asOf).ask(old, moved, steps);
    }
    if (!expired && moved.isEmpty()) {
      new Witnesses(desired, observed, draft, asOf).testify(old, steps, holders);
    }
  }

  private Action.RetireCa retireCa(
      ObservedNamespace namespace, ObservedCa old, CaGeneration target, List<String> moved) {
    return new Action.RetireCa(
        namespace.name(),
        new CaGeneration(spec.keys(), old.generation()),
        old.certificate(),
        Optional.of(target),
        draft.expired(namespace, moved),
        Probe.of(spec, holders, draft.filters(namespace)),
        targetsIn(holders, namespace.name()));
  }

  private void gates(ObservedCa old, List<String> after, List<String> before) {
    List<String> unknown =
        desired.clients().stream()
            .filter(c -> !c.acknowledged() && leafComesFromHere(c))
            .map(ClientSpec::name)
            .toList();
    if (!unknown.isEmpty()) {
      draft.gates.add(new Gate.Acknowledgement("clients/" + old.address(), after, before, unknown));
    }
    String id = "soak/" + old.address();
    Optional<Instant> opened =
        after.isEmpty()
            ? Optional.ofNullable(observed.recorded().gatesOpenedAt().get(id))
            : Optional.empty();
    draft.gates.add(new Gate.Soak(id, after, before, spec.soak(), opened));
    boolean putBack = observed.recorded().putBack().contains(old.address());
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
    boolean given = observed.recorded().approvals().contains(id);
    draft.gates.add(new Gate.Approval(id, after, before, question, given));
  }

  /// Whoever loads a leaf from a place that is no longer in the YAML would be locked out.
  private void forgottenLeaves(ObservedCa old, List<String> after, Map<String, String> steps) {
    Set<Fingerprint> sameKey = SameKey.of(observed.generations(spec.name()), old).fingerprints();
    for (IssuedLeaf leaf : KnownLeaf.unmanaged(draft.holders, observed, asOf)) {
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
    for (NamespaceSpec namespace : desired.namespaces()) {
      if (isLastOf(namespace)) {
        observed
            .namespace(namespace.name())
            .ifPresent(found ->
                new FilterSteps(desired, observed, asOf, draft, spec.name())
                    .settle(namespace, found, changes(namespace)));
      }
    }
  }

  private boolean isLastOf(NamespaceSpec namespace) {
    return desired.cas().reversed().stream()
        .map(CaSpec::name)
        .filter(namespace.cas()::contains)
        .findFirst()
        .filter(spec.name()::equals)
        .isPresent();
  }

  /// The steps, of all rotations of a namespace, that change who uses what.
  private List<String> changes(NamespaceSpec namespace) {
    return draft.steps.stream()
        .filter(s -> namespace.cas().contains(s.rotation()))
        .filter(
            s -> !(s.action() instanceof Action.IssueCa || s.action() instanceof Action.SetFilters))
        .map(Step::id)
        .toList();
  }

  private boolean usesCa(String namespace) {
    return desired.namespaces().stream()
        .anyMatch(n -> n.name().equals(namespace) && n.cas().contains(spec.name()));
  }

  private boolean leafComesFromHere(ClientSpec client) {
    return Holder.leaf(desired, client.leaf()).ca().equals(spec.name());
  }

  static List<Action.Target> targetsIn(List<Holder> holders, String namespace) {
    return holders.stream()
        .map(Holder::target)
        .filter(t -> t.namespaces().contains(namespace))
        .toList();
  }
}
