package newleaf.drift;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.journal.Line;
import newleaf.journal.Snapshot;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// What each resource is compared with: the oldest look at it that the snapshot remembers, and what
/// newleaf has done since then.
final class Baseline {

  /// A resource as it was, the look it was seen in, and what was done since.
  record Before<T>(T value, Observed look, Deeds since) {}

  private final Map<String, Before<ObservedNamespace>> namespaces = new HashMap<>();
  private final Map<LeafPlace, Before<ObservedLeaf>> leaves = new HashMap<>();
  private final Map<WorkerRef, Before<ObservedWorker>> workers = new HashMap<>();
  private final Map<String, Before<List<ObservedCa>>> cas = new HashMap<>();

  /// @param live so that a generation made since is known by its certificate
  Baseline(Snapshot snapshot, List<Line> journal, Observed live) {
    List<Observed> oldestFirst =
        Stream.concat(snapshot.earlier().stream(), Stream.of(snapshot.observed())).toList();
    List<ObservedCa> known =
        Stream.concat(oldestFirst.stream(), Stream.of(live))
            .flatMap(o -> o.cas().stream())
            .toList();
    for (Observed look : oldestFirst) {
      long serial = look.recorded().journal().serial();
      remember(look, DeedLog.after(serial, journal, known));
    }
  }

  private void remember(Observed look, Deeds since) {
    look.namespaces().forEach(n -> namespaces.putIfAbsent(n.name(), new Before<>(n, look, since)));
    look.leaves().forEach(l -> leaves.putIfAbsent(l.place(), new Before<>(l, look, since)));
    look.workers().forEach(w -> workers.putIfAbsent(w.worker(), new Before<>(w, look, since)));
    look.cas().stream()
        .collect(Collectors.groupingBy(ObservedCa::name, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (name, _) -> cas.putIfAbsent(name, new Before<>(look.generations(name), look, since)));
  }

  Optional<Before<ObservedNamespace>> namespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  Optional<Before<ObservedLeaf>> leaf(LeafPlace place) {
    return Optional.ofNullable(leaves.get(place));
  }

  Optional<Before<ObservedWorker>> worker(WorkerRef worker) {
    return Optional.ofNullable(workers.get(worker));
  }

  /// All generations of a CA, from one look.
  Optional<Before<List<ObservedCa>>> generations(String ca) {
    return Optional.ofNullable(cas.get(ca));
  }
}
