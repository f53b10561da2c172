package newleaf.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.desired.Desired;
import newleaf.journal.LeaseRecord;
import newleaf.journal.MemoryLease;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// Everything outside of newleaf: the service, the cluster, the keys, people.
final class World {
  static final Instant BEGIN = Instant.parse("2026-09-14T03:00:00Z");
  private static final Duration RELOAD = Duration.ofSeconds(60);

  /// A process that reads its leaf anew a minute after it was written, and connects now and then.
  static final class Client {
    final LeafPlace place;
    final Cloud.Space space;
    Optional<HeldCertificate> loaded;

    Client(LeafPlace place, Cloud.Space space, Optional<HeldCertificate> loaded) {
      this.place = place;
      this.space = space;
      this.loaded = loaded;
    }
  }

  final Scheduler scheduler;
  final Chaos chaos;
  final Desired desired;
  final Law law;
  final Weather weather;
  final Cloud cloud;
  final Authorities authorities = new Authorities();
  final Places places = new Places();
  final Map<WorkerRef, Workload> workloads = new LinkedHashMap<>();
  final List<Client> clients = new ArrayList<>();

  /// Gate ids to which a person said yes.
  final Set<String> approved = new HashSet<>();

  final List<String> effects = new ArrayList<>();
  final MemoryLease lease = new MemoryLease();
  int takeovers;
  int crashes;

  /// How runs ended.
  final Map<Operator.End, Integer> ends = new EnumMap<>(Operator.End.class);

  private final Optional<List<String>> story;

  /// @param told every event, when somebody wants to read it
  World(
      Scheduler scheduler,
      Chaos chaos,
      Desired desired,
      SplittableRandom random,
      Optional<List<String>> told) {
    this.scheduler = scheduler;
    this.chaos = chaos;
    this.desired = desired;
    this.story = told;
    this.law = new Law(this);
    this.cloud = new Cloud(this, random.split());
    this.weather = new Weather(this, random.split());
  }

  static CertificateAuthority adopted(String ca) {
    return Mint.foreign("Old " + ca, BEGIN.minus(Duration.ofDays(310)));
  }

  static CertificateAuthority made(CaProfile profile, Setting.Age age) {
    int days =
        switch (age) {
          case EXPIRED -> 366;
          case DUE, ADOPTED -> 310;
          case FRESH, NONE -> 100;
        };
    return Mint.ca(profile, 1, BEGIN.minus(Duration.ofDays(days)));
  }

  long newestNumber() {
    return lease.read().map(LeaseRecord::fencing).orElse(0L);
  }

  Instant now() {
    return scheduler.instant();
  }

  void tell(Supplier<String> what) {
    story.ifPresent(lines ->
        lines.add(Duration.between(BEGIN, now()) + " [" + scheduler.current() + "] " + what.get()));
  }

  void effect(String what) {
    effects.add(what);
    tell(() -> "EFFECT " + what);
  }

  void written(LeafPlace place) {
    for (Client client : clients) {
      if (client.place.equals(place)) {
        scheduler.in(RELOAD, () -> client.loaded = places.current(place));
      }
    }
    workloads.values().stream().filter(w -> w.place().equals(place)).forEach(Workload::written);
  }
}
