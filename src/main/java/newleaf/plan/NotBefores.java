package newleaf.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.desired.CaSpec;
import newleaf.desired.LeafSpec;
import newleaf.desired.Located;
import newleaf.observed.LeafPlace;

/// The gates of `notBefore`. Only steps that could be first are named in them, since the others
/// wait for those. With a CA waits what makes, accepts or removes it and what moves leaves to it; a
/// leaf that is renewed from the CA it comes from waits for its own `notBefore` alone.
record NotBefores(Survey survey, Draft draft) {

  void add() {
    for (CaSpec ca : survey.wanted.desired.cas()) {
      ca.notBefore().ifPresent(at -> gate("not-before/ca/" + ca.name(), at, ofCa(ca)));
    }
    for (LeafSpec leaf : survey.wanted.desired.leaves()) {
      leaf.notBefore().ifPresent(at -> gate("not-before/leaf/" + leaf.name(), at, ofLeaf(leaf)));
    }
    refuseOutages();
  }

  private void gate(String id, Located<Instant> at, Set<String> steps) {
    List<String> first = first(steps);
    if (!first.isEmpty()) {
      draft.gate(new Gate.NotBefore(id, List.of(), first, at.value(), at.source()));
    }
  }

  private List<String> first(Set<String> steps) {
    Set<String> held = new HashSet<>();
    List<String> first = new ArrayList<>();
    for (Step step : draft.steps) { // each stands behind what it needs
      boolean waits = step.needs().stream().anyMatch(held::contains);
      if (steps.contains(step.id()) && !waits) {
        first.add(step.id());
      }
      if (steps.contains(step.id()) || waits) {
        held.add(step.id());
      }
    }
    return first;
  }

  private Set<String> ofCa(CaSpec ca) {
    return draft.index.ofRotation(ca.name()).stream()
        .filter(NotBefores::changesCa)
        .map(Step::id)
        .collect(Collectors.toSet());
  }

  private static boolean changesCa(Step step) {
    return switch (step.action()) {
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> true;
      case Action.ReissueLeaf _ -> step.reason() instanceof Reason.WrongIssuer;
      case Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ -> false;
    };
  }

  private Set<String> ofLeaf(LeafSpec leaf) {
    return draft.holders.ofCa(leaf.ca()).stream()
        .filter(h -> h.leaf().name().equals(leaf.name()))
        .flatMap(h -> draft.index.at(h.target().place()).stream())
        .map(Step::id)
        .collect(Collectors.toSet());
  }

  /// The place whose leaf a step renews or has loaded.
  private static Optional<LeafPlace> place(Action action) {
    return switch (action) {
      case Action.ReissueLeaf a -> Optional.of(a.place());
      case Action.RollWorker a -> Optional.of(a.target().place());
      case Action.ScaleWorker a -> Optional.of(a.target().place());
      case Action.AwaitReload a -> Optional.of(a.target().place());
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ ->
          Optional.empty();
    };
  }

  /// What is in use and ends before it can be replaced would stop somebody from connecting.
  private void refuseOutages() {
    List<Gate.NotBefore> shut = new ArrayList<>();
    for (Gate gate : draft.gates()) {
      if (gate instanceof Gate.NotBefore notBefore && !gate.isOpen(survey.asOf)) {
        shut.add(notBefore);
      }
    }
    if (!shut.isEmpty()) {
      Timing timing = new Timing(draft.steps, draft.gates(), survey.asOf);
      for (Gate.NotBefore gate : shut) {
        held(gate).stream()
            .flatMap(s -> draft.deadlinesOf(s.rotation()).stream())
            .distinct()
            .forEach(due -> refuse(gate, due, timing));
      }
    }
  }

  private List<Step> held(Gate.NotBefore gate) {
    return draft.steps.stream().filter(s -> gate.before().contains(s.id())).toList();
  }

  private void refuse(Gate.NotBefore gate, Due due, Timing timing) {
    Instant replaced = timing.done(replacing(gate, due));
    if (!replaced.isBefore(gate.at()) && due.at().isBefore(replaced)) {
      Guards.endsBefore(draft, gate, due, replaced);
    }
  }

  /// The steps after which a leaf, or every leaf of a CA, is another one.
  private List<String> replacing(Gate.NotBefore gate, Due due) {
    Set<String> rotations = new HashSet<>();
    held(gate).forEach(s -> rotations.add(s.rotation()));
    boolean leaf =
        draft.steps.stream().anyMatch(s -> isReissue(s) && s.address().equals(due.address()));
    return draft.steps.stream()
        .filter(s -> rotations.contains(s.rotation()))
        .filter(s ->
            place(s.action()).filter(p -> !leaf || p.address().equals(due.address())).isPresent())
        .map(Step::id)
        .toList();
  }

  private static boolean isReissue(Step step) {
    return step.action() instanceof Action.ReissueLeaf;
  }
}
