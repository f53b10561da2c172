package newleaf.observed;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The world at one moment, without a single key. What a plan is made from, and what `state/*.json`
/// holds.
///
/// @param sweep what other Secrets hold; only looked for while a CA may be on its way out
public record Observed(
    Instant at,
    List<ObservedNamespace> namespaces,
    List<ObservedCa> cas,
    List<ObservedLeaf> leaves,
    List<ObservedWorker> workers,
    Recorded recorded,
    Optional<Sweep> sweep) {
  public Observed {
    namespaces = List.copyOf(namespaces);
    cas = List.copyOf(cas);
    leaves = List.copyOf(leaves);
    workers = List.copyOf(workers);
  }

  /// Without a look into other Secrets.
  public Observed(
      Instant at,
      List<ObservedNamespace> namespaces,
      List<ObservedCa> cas,
      List<ObservedLeaf> leaves,
      List<ObservedWorker> workers,
      Recorded recorded) {
    this(at, namespaces, cas, leaves, workers, recorded, Optional.empty());
  }

  public Optional<ObservedNamespace> namespace(String name) {
    return namespaces.stream().filter(n -> n.name().equals(name)).findFirst();
  }

  public Optional<ObservedLeaf> leaf(LeafPlace place) {
    return leaves.stream().filter(l -> l.place().equals(place)).findFirst();
  }

  public Optional<ObservedWorker> worker(WorkerRef ref) {
    return workers.stream().filter(w -> w.worker().equals(ref)).findFirst();
  }

  public Observed with(Recorded other) {
    return new Observed(at, namespaces, cas, leaves, workers, other, sweep);
  }

  /// The generations of a CA, oldest first.
  public List<ObservedCa> generations(String ca) {
    return cas.stream()
        .filter(c -> c.name().equals(ca))
        .sorted(Comparator.comparingInt(ObservedCa::generation))
        .toList();
  }
}
