package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;

/// CAs of newleaf's that a namespace accepts though the YAML no longer has it do so. Planned after
/// all rotations, since the leaves of the namespace may still be on their way to another CA.
record Dropped(Survey survey, Draft draft) {

  void plan() {
    for (NamespaceSpec namespace : survey.wanted.desired.namespaces()) {
      survey
          .namespace(namespace.name())
          .ifPresent(found ->
              unwanted(namespace, found)
                  .forEach(ca -> retire(survey.wanted.ca(ca.name()), ca, found)));
    }
  }

  /// In the order of the file, older generations first. One that somebody else made is only theirs
  /// to take from a namespace not named for it.
  private List<ObservedCa> unwanted(NamespaceSpec namespace, ObservedNamespace found) {
    return found.acceptedClientCas().stream()
        .flatMap(ca -> survey.ca(ca.fingerprint()).stream())
        .distinct()
        .filter(ca -> !ca.adopted() && !namespace.cas().contains(ca.name()))
        .filter(ca -> !draft.dropsAtOnce(ca.certificate().fingerprint(), namespace.name()))
        .sorted(
            Comparator.comparingInt((ObservedCa ca) -> survey.wanted.place(ca.name()))
                .thenComparingInt(ObservedCa::generation))
        .toList();
  }

  private void retire(CaSpec spec, ObservedCa ca, ObservedNamespace namespace) {
    List<Holder> here = draft.holders.in(namespace.name());
    refuseWhileUsed(ca, namespace, here);
    List<String> moved = draft.index.moving(namespace.name()).stream().map(Step::id).toList();
    if (Postponed.isDue(spec, ca.certificate(), moved, survey.asOf)) {
      String soak = "soak/" + which(namespace, ca);
      draft.postpone(spec, ca.address(), List.of(namespace.name()), soak, moved);
      return;
    }
    Guards.state(draft, namespace);
    String step =
        draft.add(
            spec.name(),
            new Action.RetireCa(
                namespace.name(),
                new CaGeneration(spec.keys(), ca.generation()),
                ca.certificate(),
                Optional.empty(),
                draft.expired(namespace, moved),
                Probe.of(spec, here, draft.filters(namespace)),
                here.stream().map(Holder::target).toList()),
            new Reason.NoLongerWanted(ca.address()),
            moved);
    if (!ca.certificate().validity().expiredAt(survey.asOf)) {
      gates(spec, ca, namespace, moved, List.of(step));
      new Strays(survey, draft).ask(ca, moved, Map.of(namespace.name(), step));
      if (moved.isEmpty()) {
        new Witnesses(survey, draft).testify(ca, Map.of(namespace.name(), step), here);
      }
    }
  }

  /// A leaf that is reissued by this plan comes from a CA that is wanted.
  private void refuseWhileUsed(ObservedCa ca, ObservedNamespace namespace, List<Holder> here) {
    Set<Fingerprint> sameKey = survey.sameKey(ca);
    List<String> using =
        here.stream()
            .map(h -> h.target().place())
            .distinct()
            .flatMap(p -> survey.leaf(p).stream())
            .filter(l -> l.issuedBy().filter(sameKey::contains).isPresent())
            .map(ObservedLeaf::place)
            .filter(p -> draft.index.reissue(p).isEmpty())
            .map(LeafPlace::address)
            .toList();
    if (!using.isEmpty()) {
      draft.block(
          "NL5012",
          "namespace/" + namespace.name(),
          "is to accept %s no longer, but holders of its leaves connect there: %s."
              .formatted(ca.address(), String.join(", ", using)),
          "Give them a leaf of another CA first, or leave the CA in the list.");
    }
  }

  private void gates(
      CaSpec spec,
      ObservedCa ca,
      ObservedNamespace namespace,
      List<String> after,
      List<String> before) {
    String which = which(namespace, ca);
    Optional<Instant> opened =
        after.isEmpty()
            ? Optional.ofNullable(survey.recorded().gatesOpenedAt().get("soak/" + which))
            : Optional.empty();
    draft.gate(new Gate.Soak("soak/" + which, after, before, spec.soak(), opened));
    String id = "retire/" + which;
    draft.gate(
        new Gate.Approval(
            id,
            after,
            before,
            "remove %s from namespace %s%s?"
                .formatted(ca.certificate().subject().value(), namespace.name(), losing(ca)),
            survey.recorded().approvals().contains(id)));
  }

  private static String which(ObservedNamespace namespace, ObservedCa ca) {
    return "namespace/" + namespace.name() + "/" + ca.address();
  }

  /// The places whose leaf the namespace will accept no longer.
  private String losing(ObservedCa ca) {
    Set<Fingerprint> sameKey = survey.sameKey(ca);
    List<String> places = new ArrayList<>();
    survey.observed.leaves().stream()
        .filter(l -> l.issuedBy().filter(sameKey::contains).isPresent())
        .map(ObservedLeaf::place)
        .filter(p -> draft.index.reissue(p).isEmpty())
        .map(LeafPlace::address)
        .forEach(places::add);
    draft.holders.forgotten().stream()
        .filter(l -> sameKey.contains(l.issuer()))
        .map(IssuedLeaf::place)
        .forEach(places::add);
    return places.isEmpty()
        ? ""
        : ", where leaves of it are then refused (" + String.join(", ", places) + ")";
  }
}
