package newleaf.apply;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import newleaf.observed.LeafPlace;
import newleaf.plan.Action;

/// What a step changes, and what must stay as it is while the step proves itself. Steps whose
/// claims do not collide may be under way together (invariant I6 within one run).
///
/// @param changes addresses nobody else may change or rely on meanwhile
/// @param relies addresses that several may rely on together
record Claims(Set<String> changes, Set<String> relies) {

  static Claims of(Action action) {
    return switch (action) {
      case Action.IssueCa a -> new Claims(Set.of(a.ca().address()), Set.of());
      case Action.TrustCa a -> new Claims(Set.of(a.address()), places(a.inUse()));
      case Action.SetFilters a -> new Claims(Set.of(a.address()), places(a.inUse()));
      case Action.ReissueLeaf a -> new Claims(Set.of(a.address()), namespaces(a.namespaces()));
      case Action.RollWorker a -> new Claims(Set.of(a.address()), reliedOn(a.target()));
      case Action.ScaleWorker a -> new Claims(Set.of(a.address()), reliedOn(a.target()));
      case Action.AwaitReload a -> new Claims(Set.of(), reliedOn(a.target()));
      case Action.RetireCa a -> new Claims(Set.of(a.address()), holders(a.inUse()));
    };
  }

  boolean collidesWith(Claims other) {
    return meet(changes, other.changes)
        || meet(changes, other.relies)
        || meet(relies, other.changes);
  }

  private static boolean meet(Set<String> some, Set<String> others) {
    return some.stream().anyMatch(others::contains);
  }

  private static Set<String> reliedOn(Action.Target target) {
    Set<String> all = new HashSet<>(namespaces(target.namespaces()));
    all.add(target.place().address());
    return all;
  }

  /// Who is asked whether he still works must not be restarted at the same time.
  private static Set<String> holders(List<Action.Target> targets) {
    Set<String> all = new HashSet<>();
    for (Action.Target target : targets) {
      all.add(target.place().address());
      all.add(target.address());
    }
    return all;
  }

  private static Set<String> places(Collection<LeafPlace> places) {
    Set<String> all = new HashSet<>();
    places.forEach(place -> all.add(place.address()));
    return all;
  }

  private static Set<String> namespaces(Collection<String> names) {
    Set<String> all = new HashSet<>();
    names.forEach(name -> all.add("namespace/" + name));
    return all;
  }
}
