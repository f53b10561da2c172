package newleaf.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.HeldCertificate;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Sweep;

/// Secrets of somebody else.
final class FakeOtherSecrets implements OtherSecrets {
  final Map<LeafPlace, HeldCertificate> held = new LinkedHashMap<>();

  /// Why not all of them can be looked at.
  Optional<String> notLooked = Optional.empty();

  @Override
  public Optional<Sweep> find(Issuers issuers) {
    List<Sweep.Stray> strays = new ArrayList<>();
    held.forEach((place, leaf) ->
        issuers
            .of(leaf.certificate())
            .ifPresent(
                ca -> strays.add(new Sweep.Stray(place, Certificate.of(leaf.certificate()), ca))));
    return Optional.of(new Sweep(held.size(), notLooked, strays));
  }
}
