package newleaf.workflow;

import java.util.List;
import java.util.Optional;
import newleaf.apply.Prover;
import newleaf.cert.SigningRequest;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;

/// What the worker of a cluster answers. Where there is much to say, these are the first of what
/// was asked for, and the rest is to be asked for again.
public sealed interface ClusterAnswer {
  /// A leaf as it lies in the cluster, where nobody knows who issued it.
  ///
  /// @param certificate PEM
  record FoundLeaf(ObservedLeaf leaf, Optional<String> certificate) {}

  record FoundLeaves(List<FoundLeaf> leaves) implements ClusterAnswer {
    public FoundLeaves {
      leaves = List.copyOf(leaves);
    }
  }

  record FoundWorkers(List<ObservedWorker> workers) implements ClusterAnswer {
    public FoundWorkers {
      workers = List.copyOf(workers);
    }
  }

  /// A Secret with a certificate of anybody.
  ///
  /// @param certificate PEM
  record Other(LeafPlace place, String certificate) {}

  /// @param looked how many there are in all
  /// @param more whether there are some behind these
  record FoundOthers(int looked, Optional<String> notLooked, List<Other> others, boolean more)
      implements ClusterAnswer {
    public FoundOthers {
      others = List.copyOf(others);
    }
  }

  record MadeKey(KeyName.Made key, SigningRequest request) implements ClusterAnswer {}

  /// The leaf of a place, if there is one that a worker can use.
  ///
  /// @param certificates PEM: the leaf, then its chain without root
  record LeafThere(Optional<String> certificates) implements ClusterAnswer {}

  record Looked(ObservedWorker worker) implements ClusterAnswer {}

  record Answered(Prover.Verdict verdict) implements ClusterAnswer {}

  record FoundPollers(List<Prover.Poller> pollers) implements ClusterAnswer {
    public FoundPollers {
      pollers = List.copyOf(pollers);
    }
  }

  record Done() implements ClusterAnswer {}
}
