package newleaf.apply;

import java.time.Instant;
import java.util.Optional;
import newleaf.apply.Prover.Poller;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.ObservedWorker;

/// One pod. It waits for its Secret, loads the leaf when it starts, and keeps it.
final class FakePod {
  final String name;
  final int revision;
  final Optional<Fingerprint> annotation;
  Optional<Instant> startedAt = Optional.empty();
  Optional<HeldCertificate> loaded = Optional.empty();
  boolean ready;
  Instant connectedUntil = Instant.MIN;
  Optional<Instant> lastPoll = Optional.empty();

  FakePod(String name, int revision, Optional<Fingerprint> annotation) {
    this.name = name;
    this.revision = revision;
    this.annotation = annotation;
  }

  void start(HeldCertificate leaf, Instant now) {
    loaded = Optional.of(leaf);
    startedAt = Optional.of(now);
  }

  /// @param marked the leaf is written on pods of its kind
  ObservedWorker.Pod observed(boolean marked) {
    return new ObservedWorker.Pod(name, ready, marked ? annotation : Optional.empty(), startedAt);
  }

  Optional<Poller> poller() {
    return lastPoll.map(at -> new Poller("1@" + name, at));
  }
}
