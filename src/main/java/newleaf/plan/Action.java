package newleaf.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.LeafProfile;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedCa;
import newleaf.observed.WorkerRef;

/// What a step does. Each holds all that carrying it out needs, so that `apply` never looks at the
/// YAML.
public sealed interface Action {

  /// Makes a generation of a CA; nobody trusts it yet.
  ///
  /// @param keyOf the generation whose key and subject it shares; empty for new ones
  record IssueCa(CaGeneration ca, CaProfile profile, Optional<CaGeneration> keyOf)
      implements Action {}

  /// Adds the CA to the namespace beside the ones it accepts, drops expired ones in the same update
  /// (the service refuses a bundle with an expired CA), and proves: new accepted, old accepted,
  /// stranger refused.
  ///
  /// @param replaces a generation with the same key and subject that goes in the same update (the
  ///   service refuses two CAs of one subject) and is put back at once when a leaf in use is
  ///   refused
  /// @param probe the profile of the leaves that prove it
  /// @param inUse places whose leaf must stay accepted
  record TrustCa(
      String namespace,
      CaGeneration ca,
      Optional<CaGeneration> replaces,
      Set<Fingerprint> expired,
      LeafProfile probe,
      List<LeafPlace> inUse)
      implements Action {
    public TrustCa {
      expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired)); // prints alike each time
      inUse = List.copyOf(inUse);
    }
  }

  /// Makes these the certificate filters of the namespace, drops expired CAs in the same update,
  /// and proves that the leaves in use still pass.
  record SetFilters(
      String namespace,
      List<CertificateFilter> before,
      List<CertificateFilter> after,
      Set<Fingerprint> expired,
      List<LeafPlace> inUse)
      implements Action {
    public SetFilters {
      before = List.copyOf(before);
      after = List.copyOf(after);
      expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
      inUse = List.copyOf(inUse);
    }
  }

  /// Issues a leaf, proves it accepted by every namespace it is for, then puts it in its place.
  ///
  /// @param replaces the leaf that lies there now; another one means the world moved
  record ReissueLeaf(
      LeafPlace place,
      CaGeneration ca,
      LeafProfile profile,
      List<String> namespaces,
      Optional<Fingerprint> replaces)
      implements Action {
    public ReissueLeaf {
      namespaces = List.copyOf(namespaces);
    }
  }

  /// Restarts by rolling update, then verifies that every pod is on the leaf and polls.
  record RollWorker(Target target) implements Action {}

  /// Restarts by scaling to 0 and back, as the runbook did; no worker runs in between.
  record ScaleWorker(Target target) implements Action {}

  /// Gives workers that reload by themselves the time for it, then verifies that they poll.
  record AwaitReload(Target target) implements Action {}

  /// Removes a CA after checking once more that no leaf in use comes from it, drops expired ones in
  /// the same update, and proves: leaves in use accepted, its own refused. Puts it back when
  /// workers drop.
  ///
  /// @param successor what the leaves in use come from; empty when the namespace just accepts one
  ///   CA less
  record RetireCa(
      String namespace,
      CaGeneration old,
      Certificate certificate,
      Optional<CaGeneration> successor,
      Set<Fingerprint> expired,
      LeafProfile probe,
      List<Target> inUse)
      implements Action {
    public RetireCa {
      expired = Collections.unmodifiableSortedSet(new TreeSet<>(expired));
      inUse = List.copyOf(inUse);
    }

    public String oldAddress() {
      return ObservedCa.address(old.ca().name(), old.generation(), certificate.fingerprint());
    }
  }

  /// Workers and the leaf they load.
  ///
  /// @param name under `workers:` or `clients:`
  /// @param namespaces where they connect to
  /// @param deployment the workload that is restarted, of any kind; empty outside Kubernetes, and
  ///   where workers reload by themselves
  record Target(
      String name,
      LeafPlace place,
      List<String> namespaces,
      Optional<WorkerRef> deployment,
      Optional<String> taskQueue) {
    public Target {
      namespaces = List.copyOf(namespaces);
    }

    public String address() {
      return deployment.map(WorkerRef::address).orElse("worker/" + name);
    }
  }

  /// The resource that is changed.
  default String address() {
    return switch (this) {
      case IssueCa a -> a.ca().address();
      case TrustCa a -> "namespace/" + a.namespace();
      case SetFilters a -> "namespace/" + a.namespace();
      case ReissueLeaf a -> a.place().address();
      case RollWorker a -> a.target().address();
      case ScaleWorker a -> a.target().address();
      case AwaitReload a -> a.target().address();
      case RetireCa a -> "namespace/" + a.namespace();
    };
  }

  /// The verb, the same in plan, journal and progress.
  default String verb() {
    return switch (this) {
      case IssueCa _ -> "issue";
      case TrustCa _ -> "trust";
      case SetFilters _ -> "filter";
      case ReissueLeaf _ -> "reissue";
      case RollWorker _ -> "roll";
      case ScaleWorker _ -> "scale";
      case AwaitReload _ -> "reload";
      case RetireCa _ -> "retire";
    };
  }
}
