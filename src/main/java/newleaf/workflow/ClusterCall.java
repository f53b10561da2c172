package newleaf.workflow;

import java.util.List;
import java.util.Optional;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// What is asked of the worker of a cluster. It stays in the history of a workflow, so keys only
/// have names in here.
public sealed interface ClusterCall {
  /// A question changes nothing, whenever it is answered. A change may only come while whoever
  /// asked for it may still act.
  sealed interface Question extends ClusterCall {}

  sealed interface Change extends ClusterCall {}

  record ReadLeaves(List<LeafPlace> places) implements Question {
    public ReadLeaves {
      places = List.copyOf(places);
    }
  }

  record ReadWorkers(List<Workers.Question> questions) implements Question {
    public ReadWorkers {
      questions = List.copyOf(questions);
    }
  }

  /// @param named places of the YAML, which are known already
  /// @param after the address up to which was told before; empty at first
  record FindOthers(List<LeafPlace> named, String after) implements Question {
    public FindOthers {
      named = List.copyOf(named);
    }
  }

  /// @param place the only one that the key is for
  record MakeKey(LeafPlace place, LeafProfile profile) implements Question {}

  record ReadCurrent(LeafPlace place) implements Question {}

  record ReadPrevious(LeafPlace place) implements Question {}

  record Look(WorkerRef worker, LeafPlace leaf) implements Question {}

  record Connect(Endpoint endpoint, RemoteLeaf leaf) implements Question {}

  record ReadPollers(Endpoint endpoint, RemoteLeaf leaf, String taskQueue) implements Question {}

  record Deliver(LeafPlace place, RemoteLeaf leaf, Optional<String> expectedVersion)
      implements Change {}

  record Roll(WorkerRef worker, Fingerprint leaf) implements Change {}

  record ScaleToZero(WorkerRef worker, Fingerprint leaf) implements Change {}

  record ScaleBack(WorkerRef worker) implements Change {}

  /// The leaf whose key is needed to do it.
  default Optional<RemoteLeaf> presented() {
    return switch (this) {
      case Connect(_, var leaf) -> Optional.of(leaf);
      case ReadPollers(_, var leaf, _) -> Optional.of(leaf);
      case Deliver(_, var leaf, _) -> Optional.of(leaf);
      case Question _, Change _ -> Optional.empty();
    };
  }

  /// Only one process can do it: the one that made the key.
  default Optional<KeyName.Made> madeKey() {
    return presented()
        .map(RemoteLeaf::key)
        .filter(KeyName.Made.class::isInstance)
        .map(KeyName.Made.class::cast);
  }

  /// For whoever looks at the workflow in Temporal's own tools.
  default String summary() {
    return switch (this) {
      case ReadLeaves(var places) -> "read %d leaves".formatted(places.size());
      case ReadWorkers(var questions) -> "read %d workloads".formatted(questions.size());
      case FindOthers _ -> "look into other Secrets";
      case MakeKey(var place, var profile) ->
          "make a key of type %s for %s".formatted(profile.key().text(), place.address());
      case ReadCurrent(var place) -> "read " + place.address();
      case ReadPrevious(var place) -> "read what was before at " + place.address();
      case Look(var worker, _) -> "look at " + worker.address();
      case Connect(var endpoint, _) -> "connect to namespace/" + endpoint.namespace();
      case ReadPollers(_, _, var queue) -> "ask who polls " + queue;
      case Deliver(var place, _, _) -> "deliver to " + place.address();
      case Roll(var worker, _) -> "roll " + worker.address();
      case ScaleToZero(var worker, _) -> "scale to zero " + worker.address();
      case ScaleBack(var worker) -> "scale back " + worker.address();
    };
  }
}
