package newleaf.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import newleaf.apply.LeafDelivery;
import newleaf.cert.HeldCertificate;
import newleaf.files.LeafFiles;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLeaves;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;

/// Sends Secrets to Kubernetes and directories to the file system; a cluster is only reached when a
/// Secret is asked for.
record Places(
    LeafFiles files, Supplier<KubeLeaves> kubeLeaves, Supplier<KubeLeafDelivery> kubeDelivery)
    implements Leaves, LeafDelivery {

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    List<LeafPlace> secrets = places.stream().filter(LeafPlace.Secret.class::isInstance).toList();
    List<LeafPlace> folders =
        places.stream().filter(LeafPlace.Directory.class::isInstance).toList();
    List<ObservedLeaf> found = new ArrayList<>(files.read(folders, issuers));
    if (!secrets.isEmpty()) {
      found.addAll(kubeLeaves.get().read(secrets, issuers));
    }
    return found;
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    delivery(place).deliver(place, leaf, expectedVersion);
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    return delivery(place).current(place);
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return delivery(place).previous(place);
  }

  private LeafDelivery delivery(LeafPlace place) {
    return switch (place) {
      case LeafPlace.Secret _ -> kubeDelivery.get();
      case LeafPlace.Directory _ -> files;
    };
  }
}
