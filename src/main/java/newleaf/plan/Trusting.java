package newleaf.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import newleaf.cert.Certificate;
import newleaf.desired.CaSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;

/// The part of a rotation in which namespaces come to accept the CA.
record Trusting(Survey survey, CaSpec spec, Draft draft) {

  /// @return step ids by namespace
  Map<String, String> plan(
      CaGeneration target,
      Optional<Certificate> certificate,
      SameKey line,
      Function<String, List<String>> needsIn) {
    Map<String, String> steps = new LinkedHashMap<>();
    for (NamespaceSpec namespace : survey.wanted.accepting(spec.name())) {
      List<String> needs = needsIn.apply(namespace.name());
      Optional<ObservedNamespace> found = survey.namespace(namespace.name());
      if (found.isEmpty()) {
        Guards.missingNamespace(draft, namespace, survey.wanted.desired.account());
      } else if (!target.adopted() && !trusts(found.get(), certificate)) {
        Optional<ObservedCa> replaced = replaced(found.get(), line, target);
        if (replaced.isPresent()) {
          Guards.state(draft, found.get());
        } else {
          Guards.beforeTrust(draft, found.get(), spec, named(target, certificate), survey.asOf);
        }
        String step =
            draft.add(
                spec.name(),
                trustCa(found.get(), target, replaced, needs),
                found.get().mtlsEnabled()
                    ? new Reason.NotTrusted(target.address())
                    : new Reason.MtlsOff(target.address()),
                needs);
        steps.put(namespace.name(), step);
        replaced.ifPresent(old -> askAgain(old, namespace.name(), needs, step));
      }
    }
    return steps;
  }

  /// Whether another CA has the name of the target, made or still to be made.
  private Predicate<Certificate> named(CaGeneration target, Optional<Certificate> made) {
    return made.<Predicate<Certificate>>map(ca -> other -> other.subject().sameAs(ca.subject()))
        .orElseGet(() -> other -> Guards.hasNameOf(other, spec, target.generation()));
  }

  private static boolean trusts(ObservedNamespace namespace, Optional<Certificate> ca) {
    return ca.filter(c -> namespace.trusts(c.fingerprint())).isPresent();
  }

  /// Two CAs of one subject can not be accepted side by side.
  private Optional<ObservedCa> replaced(
      ObservedNamespace namespace, SameKey line, CaGeneration target) {
    return line.generations().stream()
        .filter(g -> g.generation() != target.generation() && line.contains(g))
        .filter(g -> namespace.trusts(g.certificate().fingerprint()))
        .filter(g -> !g.certificate().validity().expiredAt(survey.asOf))
        .findFirst();
  }

  /// Leaves were refused when it was replaced, so it was put back.
  private void askAgain(ObservedCa old, String namespace, List<String> after, String step) {
    if (survey.recorded().putBack().contains(old.address())) {
      String id = "replace/namespace/" + namespace + "/" + old.address();
      draft.gate(
          new Gate.Approval(
              id,
              after,
              List.of(step),
              "leaves were refused when %s was replaced; once more?".formatted(old.address()),
              survey.recorded().approvals().contains(id)));
    }
  }

  private Action.TrustCa trustCa(
      ObservedNamespace namespace,
      CaGeneration target,
      Optional<ObservedCa> replaced,
      List<String> needs) {
    return new Action.TrustCa(
        namespace.name(),
        target,
        replaced.map(old -> new CaGeneration(spec.keys(), old.generation())),
        draft.expired(namespace, needs),
        Probe.of(spec, holders(namespace), draft.filters(namespace)),
        placesOfLeaves(namespace));
  }

  private List<Holder> holders(ObservedNamespace namespace) {
    return draft.holders.in(namespace.name(), spec.name());
  }

  private List<LeafPlace> placesOfLeaves(ObservedNamespace namespace) {
    return holders(namespace).stream()
        .map(h -> h.target().place())
        .filter(place -> survey.leaf(place).flatMap(ObservedLeaf::certificate).isPresent())
        .distinct()
        .toList();
  }
}
