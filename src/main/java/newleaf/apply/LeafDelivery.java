package newleaf.apply;

import java.util.Optional;
import java.util.function.Function;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.LeafPlace;

/// Puts a leaf where workers load it from.
public interface LeafDelivery {

  /// A new leaf for a place. Its key is made here, unless the place is out of reach: then it is
  /// made over there, and only what is to be signed comes here.
  ///
  /// @throws newleaf.NewleafException as [CaKeys#issue]; RemoteError
  default HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
    return source.issue(profile);
  }

  /// Writes `tls.crt` (leaf, then chain without root) and `tls.key` (unencrypted PKCS#8) in one
  /// atomic act. Other keys of a Secret are kept. What was there before stays as `<name>-prev`
  /// until the next delivery.
  ///
  /// @param expectedVersion the resourceVersion the decision was made on; empty when it did not
  ///   exist
  /// @throws newleaf.NewleafException Stale when it changed meanwhile; Refused when somebody else
  ///   owns it; RemoteError, Denied
  void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion);

  /// The leaf with its key that lies at a place now, for proving that it is accepted or refused.
  Optional<HeldCertificate> current(LeafPlace place);

  /// The leaf that lay there before the last delivery.
  Optional<HeldCertificate> previous(LeafPlace place);

  /// Each place by what delivers there.
  static LeafDelivery by(Function<LeafPlace, LeafDelivery> where) {
    return new ByPlace(where);
  }

  /// See [#by].
  record ByPlace(Function<LeafPlace, LeafDelivery> where) implements LeafDelivery {
    @Override
    public HeldCertificate issue(LeafPlace place, LeafProfile profile, LeafSource source) {
      return where.apply(place).issue(place, profile, source);
    }

    @Override
    public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
      where.apply(place).deliver(place, leaf, expectedVersion);
    }

    @Override
    public Optional<HeldCertificate> current(LeafPlace place) {
      return where.apply(place).current(place);
    }

    @Override
    public Optional<HeldCertificate> previous(LeafPlace place) {
      return where.apply(place).previous(place);
    }
  }
}
