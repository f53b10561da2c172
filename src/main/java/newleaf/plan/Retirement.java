package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.LeafProfile;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Retire;
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

  /// How long a leaf that only proves something is good for.
  private static final Duration PROBE_VALIDITY = Duration.ofMinutes(15);

  /// @param moved the steps that bring every leaf to the target
  void plan(CaGeneration target, List<ObservedCa> generations, List<String> moved) {
    List<ObservedCa> old =
        generations.stream().filter(g -> g.generation() < target.generation()).toList();
    for (ObservedCa ca : old) {
      retire(ca, target, moved);
    }
    settleFilters();
  }

  private void retire(ObservedCa old, CaGeneration target, List<String> moved) {
    List<ObservedNamespace> accepting =
        observed.namespaces().stream()
            .filter(n -> n.trusts(old.certificate().fingerprint()) && usesCa(n.name()))
            .filter(n -> !dropsWithTrust(old.certificate(), n))
            .toList();
    if (accepting.isEmpty()) {
      return;
    }
    List<String> steps = new ArrayList<>();
    for (ObservedNamespace namespace : accepting) {
      Guards.state(draft, namespace);
      steps.add(draft.add(spec.name(), retireCa(namespace, old, target), reason(target), moved));
    }
    gates(old, moved, steps);
  }

  /// An expired CA leaves the bundle in the very update that adds the new one.
  private boolean dropsWithTrust(Certificate old, ObservedNamespace namespace) {
    return draft.steps.stream()
        .anyMatch(s ->
            s.action() instanceof Action.TrustCa t
                && t.namespace().equals(namespace.name())
                && t.expired().contains(old.fingerprint()));
  }

  private static Reason reason(CaGeneration target) {
    return new Reason.NoLongerUsed(target.address());
  }

  private Action.RetireCa retireCa(
      ObservedNamespace namespace, ObservedCa old, CaGeneration target) {
    return new Action.RetireCa(
        namespace.name(),
        new CaGeneration(spec.keys(), old.generation()),
        old.certificate(),
        target,
        probe(desired, spec, namespace.name()),
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
    if (!old.certificate().validity().expiredAt(asOf)) {
      String id = "soak/" + old.address();
      Optional<Instant> opened =
          after.isEmpty()
              ? Optional.ofNullable(observed.recorded().gatesOpenedAt().get(id))
              : Optional.empty();
      draft.gates.add(new Gate.Soak(id, after, before, spec.soak(), opened));
    }
    boolean putBack = observed.recorded().putBack().contains(old.address());
    if (spec.retire() == Retire.MANUAL || putBack) {
      String id = "retire/" + old.address();
      draft.gates.add(
          new Gate.Approval(
              id,
              after,
              before,
              (putBack ? "workers dropped when it was removed; once more " : "")
                  + "remove "
                  + old.certificate().subject().value()
                  + " for good?",
              observed.recorded().approvals().contains(id)));
    }
  }

  /// In the last rotation of a namespace, when the leaves of all its CAs have moved.
  private void settleFilters() {
    for (NamespaceSpec namespace : desired.namespaces()) {
      if (isLastOf(namespace)) {
        observed
            .namespace(namespace.name())
            .ifPresent(found ->
                FilterSteps.settle(
                    draft,
                    spec.name(),
                    namespace,
                    found,
                    targetsIn(Holder.of(desired), namespace.name()),
                    changes(namespace)));
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

  /// A leaf that is made to prove something: it looks like one that workers use, since filters
  /// judge it too.
  static LeafProfile probe(Desired desired, CaSpec spec, String namespace) {
    LeafProfile like =
        Holder.of(desired).stream()
            .filter(h -> h.target().namespaces().contains(namespace))
            .map(Holder::leaf)
            .filter(l -> l.ca().equals(spec.name()))
            .findFirst()
            .map(LeafSpec::profile)
            .orElseGet(() -> ofNobody(spec));
    return new LeafProfile(like.subject(), like.key(), PROBE_VALIDITY, like.dnsNames());
  }

  /// For a CA whose leaves are all issued elsewhere.
  private static LeafProfile ofNobody(CaSpec spec) {
    return new LeafProfile(
        spec.profile().subject().withCommonName("newleaf-probe"),
        spec.profile().key(),
        PROBE_VALIDITY,
        List.of());
  }
}
