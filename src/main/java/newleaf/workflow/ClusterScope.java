package newleaf.workflow;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.observed.LeafPlace;
import newleaf.observed.Scope;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// What the file names of a cluster. Its worker answers for nothing else.
///
/// @param namespaces all of the file, `<name>.<account>`
public record ClusterScope(Set<LeafPlace> places, Set<WorkerRef> workers, Set<String> namespaces) {
  public ClusterScope {
    places = Set.copyOf(places);
    workers = Set.copyOf(workers);
    namespaces = Set.copyOf(namespaces);
  }

  /// @param file all that it names
  public static ClusterScope of(String cluster, Scope file) {
    Optional<String> here = Optional.of(cluster);
    return new ClusterScope(
        file.places().stream()
            .filter(p -> p instanceof LeafPlace.Secret secret && secret.cluster().equals(here))
            .collect(Collectors.toSet()),
        file.workers().stream()
            .map(Workers.Question::worker)
            .filter(worker -> worker.cluster().equals(here))
            .collect(Collectors.toSet()),
        Set.copyOf(file.namespaces()));
  }

  /// The first that is asked about and not named.
  Optional<String> stranger(ClusterCall call) {
    return strangers(call).findFirst();
  }

  private Stream<String> strangers(ClusterCall call) {
    return switch (call) {
      case ClusterCall.ReadLeaves(var asked) -> strangers(asked);
      case ClusterCall.ReadWorkers(var questions) ->
          questions.stream().flatMap(q -> strangers(q.worker(), q.leaf()));
      case ClusterCall.FindOthers(var named, _) -> strangers(named);
      case ClusterCall.MakeKey(var place, _) -> strangers(place);
      case ClusterCall.ReadCurrent(var place) -> strangers(place);
      case ClusterCall.ReadPrevious(var place) -> strangers(place);
      case ClusterCall.Look(var worker, var place) -> strangers(worker, place);
      case ClusterCall.Connect(var endpoint, var leaf) -> strangers(endpoint.namespace(), leaf);
      case ClusterCall.ReadPollers(var endpoint, var leaf, _) ->
          strangers(endpoint.namespace(), leaf);
      case ClusterCall.Deliver(var place, var leaf, _) ->
          Stream.concat(strangers(place), strangers(leaf.key()));
      case ClusterCall.Roll(var worker, _) -> strangers(worker);
      case ClusterCall.ScaleToZero(var worker, _) -> strangers(worker);
      case ClusterCall.ScaleBack(var worker) -> strangers(worker);
    };
  }

  private Stream<String> strangers(Collection<LeafPlace> asked) {
    return asked.stream().flatMap(this::strangers);
  }

  private Stream<String> strangers(LeafPlace asked) {
    return Stream.of(asked).filter(p -> !places.contains(p)).map(LeafPlace::address);
  }

  private Stream<String> strangers(WorkerRef asked) {
    return Stream.of(asked).filter(w -> !workers.contains(w)).map(WorkerRef::address);
  }

  private Stream<String> strangers(WorkerRef worker, LeafPlace place) {
    return Stream.concat(strangers(worker), strangers(place));
  }

  private Stream<String> strangers(String namespace, RemoteLeaf leaf) {
    return Stream.concat(
        Stream.of(namespace).filter(n -> !namespaces.contains(n)).map(n -> "namespace/" + n),
        strangers(leaf.key()));
  }

  /// A key that was made here is for a place that was named.
  private Stream<String> strangers(KeyName key) {
    return switch (key) {
      case KeyName.Made _ -> Stream.empty();
      case KeyName.Current(var place) -> strangers(place);
      case KeyName.Previous(var place) -> strangers(place);
    };
  }
}
