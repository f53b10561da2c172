package newleaf.workflow;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.apply.ClusterPorts;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.cert.Pem;
import newleaf.cert.PrivateKeys;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Sweep;
import newleaf.workflow.ClusterAnswer.FoundLeaf;
import newleaf.workflow.ClusterAnswer.LeafThere;
import newleaf.workflow.ClusterAnswer.Other;

/// Answers what home asks of a cluster, as far as the file here names it. Private keys come in from
/// the ports, or are made here, and none goes into an answer.
final class ClusterSide {
  private final ClusterSite site;
  private final ClusterPorts ports;
  private final FreshKeys keys;

  ClusterSide(ClusterSite site, FreshKeys keys) {
    this.site = site;
    this.ports = site.ports();
    this.keys = keys;
  }

  ClusterAnswer answer(ClusterCall call) {
    refuseStrangers(call);
    return switch (call) {
      case ClusterCall.Question question -> answer(question);
      case ClusterCall.Change change -> {
        carryOut(change);
        yield new ClusterAnswer.Done();
      }
    };
  }

  private void refuseStrangers(ClusterCall call) {
    site.scope()
        .get()
        .stranger(call)
        .ifPresent(what -> {
          throw ClusterFailures.notNamed(site.cluster(), what);
        });
  }

  private ClusterAnswer answer(ClusterCall.Question question) {
    return switch (question) {
      case ClusterCall.ReadLeaves(var places) -> leaves(places);
      case ClusterCall.ReadWorkers(var questions) ->
          new ClusterAnswer.FoundWorkers(Portion.of(ports.workers().read(questions)));
      case ClusterCall.FindOthers(var named, var after) -> others(named, after);
      case ClusterCall.MakeKey(var place, var profile) -> keys.make(place, profile);
      case ClusterCall.ReadCurrent(var place) -> there(ports.delivery().current(place));
      case ClusterCall.ReadPrevious(var place) -> there(ports.delivery().previous(place));
      case ClusterCall.Look(var worker, var leaf) ->
          new ClusterAnswer.Looked(ports.rolls().look(worker, leaf));
      case ClusterCall.Connect(var endpoint, var leaf) ->
          new ClusterAnswer.Answered(site.prover().connect(endpoint, held(leaf)));
      case ClusterCall.ReadPollers(var endpoint, var leaf, var queue) ->
          new ClusterAnswer.FoundPollers(site.prover().pollers(endpoint, held(leaf), queue));
    };
  }

  private void carryOut(ClusterCall.Change change) {
    switch (change) {
      case ClusterCall.Deliver(var place, var leaf, var version) -> {
        keepApart(place, leaf.key());
        ports.delivery().deliver(place, held(leaf), version);
        change.madeKey().ifPresent(keys::drop);
      }
      case ClusterCall.Roll(var worker, var leaf) -> ports.rolls().roll(worker, leaf);
      case ClusterCall.ScaleToZero(var worker, var leaf) -> ports.rolls().scaleToZero(worker, leaf);
      case ClusterCall.ScaleBack(var worker) -> ports.rolls().scaleBack(worker);
    }
  }

  /// Home knows the CAs, so it gets the certificates to say whose they are.
  private ClusterAnswer leaves(List<LeafPlace> places) {
    Map<Fingerprint, X509Certificate> seen = new ConcurrentHashMap<>();
    List<ObservedLeaf> read =
        ports
            .leaves()
            .read(
                places,
                certificate -> {
                  seen.put(Fingerprint.of(certificate), certificate);
                  return Optional.empty();
                });
    return new ClusterAnswer.FoundLeaves(
        Portion.of(
            read.stream()
                .map(leaf ->
                    new FoundLeaf(
                        leaf,
                        leaf.certificate()
                            .flatMap(c -> Optional.ofNullable(seen.get(c.fingerprint())))
                            .map(Pem::of)))
                .toList()));
  }

  /// The same: every certificate counts as one that somebody asked about.
  private ClusterAnswer others(List<LeafPlace> named, String after) {
    Map<Fingerprint, X509Certificate> seen = new ConcurrentHashMap<>();
    Optional<Sweep> sweep =
        ports
            .others()
            .apply(named)
            .find(certificate -> {
              seen.put(Fingerprint.of(certificate), certificate);
              return Optional.of(Fingerprint.of(certificate));
            });
    List<Other> left =
        sweep.stream()
            .flatMap(s -> s.strays().stream())
            .filter(stray -> stray.place().address().compareTo(after) > 0)
            .sorted(Comparator.comparing(stray -> stray.place().address()))
            .map(stray -> new Other(stray.place(), Pem.of(seen.get(stray.leaf().fingerprint()))))
            .toList();
    List<Other> first = Portion.of(left);
    return new ClusterAnswer.FoundOthers(
        sweep.map(Sweep::looked).orElse(0),
        sweep.flatMap(Sweep::notLooked),
        first,
        first.size() < left.size());
  }

  private static LeafThere there(Optional<HeldCertificate> leaf) {
    return new LeafThere(leaf.map(LeafPair::certificatesOf));
  }

  private HeldCertificate held(RemoteLeaf leaf) {
    return switch (leaf.key()) {
      case KeyName.Made made -> leaf.with(keyFor(leaf, fresh(made)));
      case KeyName.Current(var place) -> same(leaf, place, ports.delivery().current(place));
      case KeyName.Previous(var place) -> same(leaf, place, ports.delivery().previous(place));
    };
  }

  private FreshKeys.Fresh fresh(KeyName.Made name) {
    return keys.find(name).orElseThrow(() -> ClusterFailures.keyIsGone(site.cluster()));
  }

  private PrivateKey keyFor(RemoteLeaf leaf, FreshKeys.Fresh fresh) {
    if (!PrivateKeys.matches(leaf.certificate(), fresh.key())) {
      throw ClusterFailures.otherKey(site.cluster());
    }
    return fresh.key();
  }

  /// Whoever may read one Secret may not have the key of another for that.
  private void keepApart(LeafPlace place, KeyName key) {
    LeafPlace home = placeOf(key);
    if (!home.equals(place)) {
      throw ClusterFailures.keyOfAnotherPlace(place.address(), home.address());
    }
  }

  private LeafPlace placeOf(KeyName key) {
    return switch (key) {
      case KeyName.Made made -> fresh(made).place();
      case KeyName.Current(var place) -> place;
      case KeyName.Previous(var place) -> place;
    };
  }

  private static HeldCertificate same(
      RemoteLeaf asked, LeafPlace place, Optional<HeldCertificate> there) {
    return there
        .filter(held -> held.certificate().equals(asked.certificate()))
        .orElseThrow(() -> ClusterFailures.moved(place.address()));
  }
}
