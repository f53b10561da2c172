package newleaf.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;

/// Places for leaves, with versions.
final class FakeLeaves implements Leaves, LeafDelivery {
  private record Stored(
      HeldCertificate leaf, Optional<HeldCertificate> previous, int version, Instant writtenAt) {}

  /// Addresses that newleaf wrote to, in order.
  final List<String> written = new ArrayList<>();

  /// Which leaf is which: `leaf/secret/a/b#2` is the second that lay there.
  final Map<Fingerprint, String> roles = new LinkedHashMap<>();

  /// All that ever lay anywhere.
  final List<HeldCertificate> ever = new ArrayList<>();

  private final FakeTime time;
  private final Map<LeafPlace, Stored> stored = new LinkedHashMap<>();
  private Consumer<LeafPlace> afterWrite = _ -> {};

  FakeLeaves(FakeTime time) {
    this.time = time;
  }

  void watch(Consumer<LeafPlace> watcher) {
    this.afterWrite = watcher;
  }

  /// Written by somebody else than newleaf.
  void put(LeafPlace place, HeldCertificate leaf, Instant at) {
    Optional<Stored> before = at(place);
    ever.add(leaf);
    int version = before.map(Stored::version).orElse(0) + 1;
    stored.put(place, new Stored(leaf, before.map(Stored::leaf), version, at));
    roles.putIfAbsent(leaf.fingerprint(), "leaf/" + place.address() + "#" + version);
    afterWrite.accept(place);
  }

  /// As if nothing had ever lain there.
  void forget(LeafPlace place) {
    stored.remove(place);
  }

  private Optional<Stored> at(LeafPlace place) {
    return Optional.ofNullable(stored.get(place));
  }

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    return places.stream().map(place -> reading(place, issuers)).toList();
  }

  private ObservedLeaf reading(LeafPlace place, Issuers issuers) {
    Optional<Stored> there = at(place);
    return new ObservedLeaf(
        place,
        there.map(s -> Certificate.of(s.leaf().certificate())),
        there.flatMap(s -> issuers.of(s.leaf().certificate())),
        there.isPresent(),
        version(there),
        there.map(Stored::writtenAt),
        Optional.empty());
  }

  private static Optional<String> version(Optional<Stored> there) {
    return there.map(s -> Integer.toString(s.version()));
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    if (!version(at(place)).equals(expectedVersion)) {
      throw FakeFailures.stale(place.address(), "was changed meanwhile.");
    }
    written.add(place.address());
    put(place, leaf, time.instant());
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    return at(place).map(Stored::leaf);
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return at(place).flatMap(Stored::previous);
  }
}
