package newleaf.plan;

import java.util.List;
import java.util.Optional;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;

/// The steps drafted so far, found by what they touch; each list in the order of the steps.
final class StepIndex {
  private final Grouped<String, Step> updating = new Grouped<>();
  private final Grouped<String, Step> changing = new Grouped<>();
  private final Grouped<String, Step> ofRotation = new Grouped<>();
  private final Grouped<LeafPlace, Step> atPlace = new Grouped<>();

  void add(Step step) {
    ofRotation.add(step.rotation(), step);
    switch (step.action()) {
      case Action.IssueCa _ -> {}
      case Action.TrustCa a -> {
        updating.add(a.namespace(), step);
        changing.add(a.namespace(), step);
      }
      case Action.SetFilters a -> updating.add(a.namespace(), step);
      case Action.RetireCa a -> {
        updating.add(a.namespace(), step);
        changing.add(a.namespace(), step);
      }
      case Action.ReissueLeaf a -> moves(step, a.place(), a.namespaces());
      case Action.RollWorker a -> moves(step, a.target());
      case Action.ScaleWorker a -> moves(step, a.target());
      case Action.AwaitReload a -> moves(step, a.target());
    }
  }

  private void moves(Step step, Action.Target target) {
    moves(step, target.place(), target.namespaces());
  }

  private void moves(Step step, LeafPlace place, List<String> namespaces) {
    atPlace.add(place, step);
    namespaces.stream().distinct().forEach(n -> changing.add(n, step));
  }

  /// Those that change the trust or the filters of a namespace.
  List<Step> updating(String namespace) {
    return updating.of(namespace);
  }

  /// Those that bring the holders of a namespace to the CAs it shall accept.
  List<Step> moving(String namespace) {
    return changing(namespace).stream()
        .filter(s -> !(s.action() instanceof Action.RetireCa))
        .toList();
  }

  /// Those that change who uses which CA in a namespace.
  List<Step> changing(String namespace) {
    return changing.of(namespace);
  }

  List<Step> ofRotation(String ca) {
    return ofRotation.of(ca);
  }

  /// Those that renew the leaf at a place, or have it loaded.
  List<Step> at(LeafPlace place) {
    return atPlace.of(place);
  }

  /// The last one that renews it.
  Optional<Action.ReissueLeaf> reissue(LeafPlace place) {
    return at(place).reversed().stream()
        .<Action.ReissueLeaf>mapMulti((step, out) -> {
          if (step.action() instanceof Action.ReissueLeaf reissue) {
            out.accept(reissue);
          }
        })
        .findFirst();
  }

  /// The last one that sets the filters of a namespace.
  Optional<Step> lastFilters(String namespace) {
    return updating(namespace).reversed().stream()
        .filter(s -> s.action() instanceof Action.SetFilters)
        .findFirst();
  }

  /// What that one sets.
  Optional<List<CertificateFilter>> filters(String namespace) {
    return lastFilters(namespace)
        .map(Step::action)
        .map(Action.SetFilters.class::cast)
        .map(Action.SetFilters::after);
  }
}
