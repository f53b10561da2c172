package newleaf.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.apply.LeafDelivery;
import newleaf.apply.LeafSource;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.files.LeafFiles;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;

/// Sends Secrets to their clusters and directories to the file system.
record Places(Leaves looking, LeafFiles files, LeafDelivery secrets)
    implements Leaves, LeafDelivery {

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    return looking.read(places, issuers);
  }

  @Override
  public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
    return delivery(place).issue(place, profile, source);
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
      case LeafPlace.Secret _ -> secrets;
      case LeafPlace.Directory _ -> files;
    };
  }
}
