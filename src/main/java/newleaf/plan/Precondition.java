package newleaf.plan;

import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// What was seen when a step was planned, and what it relies on. `apply` looks again before it
/// acts: an equal effect goes on, another one stops before the step.
public sealed interface Precondition {

  /// There is no such generation yet.
  record GenerationFree(String ca) implements Precondition {}

  record NamespaceAt(String namespace, String resourceVersion) implements Precondition {}

  /// @param leaf empty when nothing lies there
  /// @param version resourceVersion of the Secret; empty for a directory, or when there is none
  record PlaceHolds(LeafPlace place, Optional<Fingerprint> leaf, Optional<String> version)
      implements Precondition {}

  /// No Secret but these, and those of the YAML, holds a leaf of the CA.
  record NoOtherHolder(String ca, List<LeafPlace> but) implements Precondition {
    public NoOtherHolder {
      but = List.copyOf(but);
    }
  }

  record WorkloadThere(WorkerRef worker, int replicas) implements Precondition {}
}
