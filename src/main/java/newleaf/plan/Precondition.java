package newleaf.plan;

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

  record WorkloadThere(WorkerRef worker, int replicas) implements Precondition {}
}
