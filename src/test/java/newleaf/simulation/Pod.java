package newleaf.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.apply.Prover.Poller;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.ObservedWorker;

/// One pod. It waits for its Secret, loads the leaf when it starts, and keeps it.
final class Pod {
  private static final Duration POLL_EVERY = Duration.ofSeconds(5);

  final String name;
  final int revision;
  final Optional<Fingerprint> annotation;
  Optional<Instant> startedAt = Optional.empty();
  Optional<HeldCertificate> loaded = Optional.empty();
  boolean ready;

  /// Since when it has been connected without a break.
  Optional<Instant> connected = Optional.empty();

  private Optional<Instant> lastPoll = Optional.empty();

  /// Grows with each process in it; what an earlier one had in mind does not happen.
  int process;

  Pod(String name, int revision, Optional<Fingerprint> annotation) {
    this.name = name;
    this.revision = revision;
    this.annotation = annotation;
  }

  void load(HeldCertificate leaf, Instant now) {
    loaded = Optional.of(leaf);
    startedAt = Optional.of(now);
    connected = Optional.empty();
    process++;
  }

  void disconnected(Instant now) {
    lastPoll = polled(now);
    connected = Optional.empty();
  }

  private Optional<Instant> polled(Instant now) {
    return connected
        .map(since -> {
          long polls = Duration.between(since, now).dividedBy(POLL_EVERY);
          return since.plus(POLL_EVERY.multipliedBy(polls));
        })
        .or(() -> lastPoll);
  }

  Optional<Poller> poller(Instant now) {
    return polled(now).map(at -> new Poller("1@" + name, at));
  }

  ObservedWorker.Pod observed() {
    return new ObservedWorker.Pod(name, ready, annotation, startedAt);
  }
}
