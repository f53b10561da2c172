package newleaf.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.desired.Desired;
import newleaf.journal.Line;
import newleaf.journal.Snapshot;
import newleaf.observed.CaRef;
import newleaf.observed.Observed;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Recorded;
import newleaf.observed.Scope;
import newleaf.observed.Workers;
import newleaf.plan.Scopes;

/// The next snapshot: the world as it is, and for each resource that somebody else changed, still
/// the look from before that.
public final class Snapshots {
  private static final Comparator<Observed> OLDEST_FIRST =
      Comparator.<Observed>comparingLong(o -> o.recorded().journal().serial())
          .thenComparing(Observed::at);

  private Snapshots() {}

  /// @param previous empty when there is none, or one that belongs to another journal
  /// @param accepted addresses whose changes are taken as they are
  public static Snapshot next(
      Desired desired,
      Optional<Snapshot> previous,
      Observed live,
      List<Line> journal,
      Predicate<String> accepted) {
    Snapshot next = Snapshot.of(live, desired.digest());
    if (previous.isEmpty()) {
      return next;
    }
    Scope scope = Scopes.of(desired);
    Baseline baseline = new Baseline(previous.get(), journal, live);
    Set<String> changed =
        Comparison.of(scope, baseline, live).stream()
            .map(f -> f.finding().address())
            .filter(accepted.negate())
            .collect(Collectors.toSet());
    return next.remembering(new Older(scope, baseline, live, changed).looks());
  }

  /// Gathers what must still be compared with, one look for each time.
  private record Older(Scope scope, Baseline baseline, Observed live, Set<String> changed) {

    List<Observed> looks() {
      // by identity, since the hash of a look goes through all that was seen
      IdentityHashMap<Observed, Parts> looks = new IdentityHashMap<>();
      for (String name : scope.namespaces()) {
        if (changed.contains("namespace/" + name)) {
          baseline.namespace(name).ifPresent(b -> parts(looks, b).namespaces.add(b.value()));
        }
      }
      for (CaRef ca : scope.cas()) {
        baseline
            .generations(ca.name())
            .filter(b -> changed(ca, b.value()))
            .ifPresent(b -> parts(looks, b).cas.addAll(b.value()));
      }
      places(looks);
      workers(looks);
      return looks.entrySet().stream()
          .map(e -> e.getValue().of(e.getKey()))
          .sorted(OLDEST_FIRST)
          .toList();
    }

    private void places(IdentityHashMap<Observed, Parts> looks) {
      scope.places().stream()
          .filter(p -> changed.contains(p.address()))
          .forEach(p -> baseline.leaf(p).ifPresent(b -> parts(looks, b).leaves.add(b.value())));
    }

    private void workers(IdentityHashMap<Observed, Parts> looks) {
      scope.workers().stream()
          .map(Workers.Question::worker)
          .distinct()
          .filter(w -> changed.contains(w.address()))
          .forEach(w -> baseline.worker(w).ifPresent(b -> parts(looks, b).workers.add(b.value())));
    }

    private boolean changed(CaRef ca, List<ObservedCa> before) {
      return Stream.concat(before.stream(), live.generations(ca.name()).stream())
          .anyMatch(g -> changed.contains(g.address()));
    }

    private static Parts parts(IdentityHashMap<Observed, Parts> looks, Baseline.Before<?> before) {
      return looks.computeIfAbsent(before.look(), _ -> new Parts());
    }
  }

  private static final class Parts {
    private final List<ObservedNamespace> namespaces = new ArrayList<>();
    private final List<ObservedCa> cas = new ArrayList<>();
    private final List<ObservedLeaf> leaves = new ArrayList<>();
    private final List<ObservedWorker> workers = new ArrayList<>();

    private Observed of(Observed look) {
      Instant at = look.at();
      Recorded position =
          new Recorded(
              look.recorded().journal(), Map.of(), Set.of(), Set.of(), List.of(), List.of());
      return new Observed(at, namespaces, cas, leaves, workers, position);
    }
  }
}
