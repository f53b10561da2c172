package newleaf.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Scope;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Compares everything in the scope with how it was. What the snapshot does not know is new to
/// newleaf, not changed.
final class Comparison {
  private final Scope scope;
  private final Baseline baseline;
  private final Observed live;
  private final Map<LeafPlace, ObservedLeaf> leaves;
  private final Map<WorkerRef, ObservedWorker> workers;
  private final List<Found> found = new ArrayList<>();

  private Comparison(Scope scope, Baseline baseline, Observed live) {
    this.scope = scope;
    this.baseline = baseline;
    this.live = live;
    this.leaves = by(live.leaves(), ObservedLeaf::place);
    this.workers = by(live.workers(), ObservedWorker::worker);
  }

  private static <K, T> Map<K, T> by(List<T> all, Function<T, K> key) {
    return all.stream().collect(Collectors.toMap(key, Function.identity(), (first, _) -> first));
  }

  static List<Found> of(Scope scope, Baseline baseline, Observed live) {
    Comparison comparison = new Comparison(scope, baseline, live);
    comparison.namespaces();
    comparison.cas();
    scope.places().forEach(comparison::leaf);
    scope.workers().forEach(comparison::worker);
    return comparison.found;
  }

  private void namespaces() {
    Map<String, ObservedNamespace> now = by(live.namespaces(), ObservedNamespace::name);
    for (String name : scope.namespaces()) {
      baseline
          .namespace(name)
          .ifPresent(was ->
              add(
                  was,
                  new NamespaceDrift(was.value(), was.since())
                      .find(Optional.ofNullable(now.get(name)))));
    }
  }

  private void cas() {
    for (CaRef ca : scope.cas()) {
      baseline
          .generations(ca.name())
          .filter(was -> !kept(was.value()).isEmpty())
          .ifPresent(was ->
              add(
                  was,
                  new CaDrift(kept(was.value()), was.since(), live)
                      .find(kept(live.generations(ca.name())))));
    }
  }

  /// Without adopted ones, which are seen in bundles only; whose drift that is.
  private static List<ObservedCa> kept(List<ObservedCa> generations) {
    return generations.stream().filter(c -> !c.adopted()).toList();
  }

  private void leaf(LeafPlace place) {
    Optional<ObservedLeaf> now = Optional.ofNullable(leaves.get(place));
    baseline
        .leaf(place)
        .ifPresent(
            was -> now.ifPresent(is -> add(was, new LeafDrift(was.value(), was.since()).find(is))));
  }

  private void worker(Workers.Question question) {
    Optional<ObservedLeaf> leaf = Optional.ofNullable(leaves.get(question.leaf()));
    Optional<ObservedWorker> now = Optional.ofNullable(workers.get(question.worker()));
    var leafBefore = baseline.leaf(question.leaf());
    if (leaf.isEmpty() || leafBefore.isEmpty() || now.isEmpty()) {
      return;
    }
    baseline
        .worker(question.worker())
        .ifPresent(was ->
            add(
                was,
                new WorkerDrift(was.value(), was.since())
                    .find(now.get(), leafBefore.get().value(), leaf.get())));
  }

  private void add(Baseline.Before<?> was, List<Finding> findings) {
    for (Finding finding : findings) {
      found.add(new Found(finding, was.look().at(), live.at()));
    }
  }
}
