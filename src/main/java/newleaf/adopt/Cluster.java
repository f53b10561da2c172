package newleaf.adopt;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Lists what may hold and load leaves.
public interface Cluster {
  /// For an account whose workers run elsewhere.
  Cluster NONE =
      new Cluster() {
        @Override
        public List<FoundSecret> secrets() {
          return List.of();
        }

        @Override
        public List<FoundWorkload> workloads() {
          return List.of();
        }

        @Override
        public List<FoundOther> others() {
          return List.of();
        }
      };

  /// Those of type `kubernetes.io/tls`.
  ///
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<FoundSecret> secrets();

  /// Deployments, StatefulSets, DaemonSets and Argo Rollouts.
  ///
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<FoundWorkload> workloads();

  /// What has pods and is no workload that newleaf restarts: Jobs, single pods.
  ///
  /// @throws newleaf.NewleafException Denied or RemoteError
  List<FoundOther> others();

  /// @param leaf the first certificate, when it can be read
  /// @param problem a sentence: why newleaf would say that no worker can use the pair
  /// @param owner who else writes this Secret back
  record FoundSecret(
      LeafPlace.Secret place,
      Optional<X509Certificate> leaf,
      Optional<String> problem,
      Optional<String> owner) {}

  /// @param secrets names of the Secrets that its pods get
  /// @param owner the controller that writes it back
  record FoundWorkload(WorkerRef worker, Set<String> secrets, Optional<String> owner) {
    public FoundWorkload {
      secrets = new TreeSet<>(secrets);
    }

    boolean mounts(LeafPlace.Secret place) {
      return place.namespace().equals(worker.namespace()) && secrets.contains(place.name());
    }
  }

  /// @param kind in lower case: `job`
  /// @param secrets names of the Secrets that its pods get
  record FoundOther(String kind, String namespace, String name, Set<String> secrets) {
    public FoundOther {
      secrets = new TreeSet<>(secrets);
    }

    String address() {
      return kind + "/" + namespace + "/" + name;
    }

    boolean mounts(LeafPlace.Secret place) {
      return place.namespace().equals(namespace) && secrets.contains(place.name());
    }
  }
}
