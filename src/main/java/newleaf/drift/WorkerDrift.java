package newleaf.drift;

import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;

/// What was changed on a workload. Names, restarts and the number of its pods are its own matter.
record WorkerDrift(ObservedWorker before, Deeds since) {

  List<Finding> find(ObservedWorker now, ObservedLeaf leafBefore, ObservedLeaf leafNow) {
    LeafPlace place = leafNow.place();
    if (before.exists() && !now.exists()) {
      return List.of(new Finding.WorkerGone(now.worker()));
    }
    if (before.mountsSecret() && now.exists() && !now.mountsSecret()) {
      return List.of(new Finding.SecretNotMounted(now.worker(), place));
    }
    if (since.restarting(now.worker())) {
      return List.of();
    }
    return unchanged(leafBefore, leafNow).stream()
        .flatMap(leaf -> behind(now, leafBefore, leaf).stream())
        .toList();
  }

  /// With another leaf in place its pods are behind for that reason, which is told elsewhere.
  private static Optional<Certificate> unchanged(ObservedLeaf before, ObservedLeaf now) {
    return now.certificate().equals(before.certificate()) ? now.certificate() : Optional.empty();
  }

  private Optional<Finding> behind(ObservedWorker now, ObservedLeaf place, Certificate leaf) {
    if (!before.notOn(leaf.fingerprint(), place.writtenAt()).isEmpty()) {
      return Optional.empty(); // they were behind then already, and plan rolls them
    }
    List<String> behind =
        now.notOn(leaf.fingerprint(), place.writtenAt()).stream()
            .map(ObservedWorker.Pod::name)
            .sorted()
            .toList();
    return behind.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding.PodsBehind(now.worker(), leaf, behind));
  }
}
