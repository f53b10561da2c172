package newleaf.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;

/// Secrets with versions.
final class Places {
  /// @param previous what lay there before
  /// @param meddled somebody else wrote it
  record Stored(
      HeldCertificate leaf,
      Optional<HeldCertificate> previous,
      int version,
      Instant writtenAt,
      boolean meddled) {}

  private final Map<LeafPlace, Stored> stored = new LinkedHashMap<>();

  Optional<Stored> at(LeafPlace place) {
    return Optional.ofNullable(stored.get(place));
  }

  Optional<HeldCertificate> current(LeafPlace place) {
    return at(place).map(Stored::leaf);
  }

  void put(LeafPlace place, HeldCertificate leaf, Instant at, boolean meddled) {
    Optional<Stored> before = at(place);
    int version = before.map(Stored::version).orElse(0) + 1;
    stored.put(place, new Stored(leaf, before.map(Stored::leaf), version, at, meddled));
  }

  Optional<String> version(LeafPlace place) {
    return at(place).map(s -> Integer.toString(s.version()));
  }

  ObservedLeaf reading(LeafPlace place, Issuers issuers) {
    Optional<Stored> there = at(place);
    return new ObservedLeaf(
        place,
        there.map(s -> Mint.facts(s.leaf().certificate())),
        there.flatMap(s -> issuers.of(s.leaf().certificate())),
        there.isPresent(),
        version(place),
        there.map(Stored::writtenAt),
        Optional.empty());
  }
}
