package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.desired.NamespaceSpec;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;

/// CAs of newleaf's that a namespace accepts though the YAML no longer has it do so. Planned after
/// all rotations, since the leaves of the namespace may still be on their way to another CA.
record Dropped(Desired desired, Observed observed, Instant asOf, Draft draft) {

  void plan() {
    for (NamespaceSpec namespace : desired.namespaces()) {
      Optional<ObservedNamespace> found = observed.namespace(namespace.name());
      for (CaSpec ca : desired.cas()) {
        if (found.isPresent() && !namespace.cas().contains(ca.name())) {
          observed.generations(ca.name()).stream()
              // one that somebody else made is only theirs to take from a namespace not named for
              // it
              .filter(g -> !g.adopted())
              .filter(g -> found.get().trusts(g.certificate().fingerprint()))
              .filter(g -> !draft.dropsAtOnce(g.certificate().fingerprint(), namespace.name()))
              .forEach(g -> retire(ca, g, found.get()));
        }
      }
    }
  }

  private void retire(CaSpec spec, ObservedCa ca, ObservedNamespace namespace) {
    List<Holder> here =
        draft.holders.stream()
            .filter(h -> h.target().namespaces().contains(namespace.name()))
            .toList();
    refuseWhileUsed(ca, namespace, here);
    List<String> moved = moved(namespace.name());
    if (Postponed.isDue(spec, ca.certificate(), moved, asOf)) {
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
    if (!ca.certificate().validity().expiredAt(asOf)) {
      gates(spec, ca, namespace, moved, List.of(step));
      new Strays(observed, draft, asOf).ask(ca, moved, Map.of(namespace.name(), step));
      if (moved.isEmpty()) {
        new Witnesses(desired, observed, draft, asOf)
            .testify(ca, Map.of(namespace.name(), step), here);
      }
    }
  }

  /// A leaf that is reissued by this plan comes from a CA that is wanted.
  private void refuseWhileUsed(ObservedCa ca, ObservedNamespace namespace, List<Holder> here) {
    List<String> using =
        here.stream()
            .map(h -> h.target().place())
            .distinct()
            .flatMap(p -> observed.leaf(p).stream())
            .filter(l -> l.issuedBy().filter(sameKey(ca)::contains).isPresent())
            .map(ObservedLeaf::place)
            .filter(p -> !isReissued(p))
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

  private Set<Fingerprint> sameKey(ObservedCa ca) {
    return SameKey.of(observed.generations(ca.name()), ca).fingerprints();
  }

  private boolean isReissued(LeafPlace place) {
    return draft.steps.stream()
        .anyMatch(s -> s.action() instanceof Action.ReissueLeaf r && r.place().equals(place));
  }

  /// The steps that bring the holders of a namespace to the CAs that it shall accept.
  private List<String> moved(String namespace) {
    return draft.steps.stream().filter(s -> moves(s.action(), namespace)).map(Step::id).toList();
  }

  private static boolean moves(Action action, String namespace) {
    return switch (action) {
      case Action.TrustCa a -> a.namespace().equals(namespace);
      case Action.ReissueLeaf a -> a.namespaces().contains(namespace);
      case Action.RollWorker a -> a.target().namespaces().contains(namespace);
      case Action.ScaleWorker a -> a.target().namespaces().contains(namespace);
      case Action.AwaitReload a -> a.target().namespaces().contains(namespace);
      case Action.IssueCa _, Action.SetFilters _, Action.RetireCa _ -> false;
    };
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
            ? Optional.ofNullable(observed.recorded().gatesOpenedAt().get("soak/" + which))
            : Optional.empty();
    draft.gates.add(new Gate.Soak("soak/" + which, after, before, spec.soak(), opened));
    String id = "retire/" + which;
    draft.gates.add(
        new Gate.Approval(
            id,
            after,
            before,
            "remove %s from namespace %s%s?"
                .formatted(ca.certificate().subject().value(), namespace.name(), losing(ca)),
            observed.recorded().approvals().contains(id)));
  }

  private static String which(ObservedNamespace namespace, ObservedCa ca) {
    return "namespace/" + namespace.name() + "/" + ca.address();
  }

  /// The places whose leaf the namespace will accept no longer.
  private String losing(ObservedCa ca) {
    List<String> places = new ArrayList<>();
    observed.leaves().stream()
        .filter(l -> l.issuedBy().filter(sameKey(ca)::contains).isPresent())
        .map(ObservedLeaf::place)
        .filter(p -> !isReissued(p))
        .map(LeafPlace::address)
        .forEach(places::add);
    KnownLeaf.unmanaged(draft.holders, observed, asOf).stream()
        .filter(l -> sameKey(ca).contains(l.issuer()))
        .map(IssuedLeaf::place)
        .forEach(places::add);
    return places.isEmpty()
        ? ""
        : ", where leaves of it are then refused (" + String.join(", ", places) + ")";
  }
}
