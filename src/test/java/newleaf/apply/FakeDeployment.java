package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// A workload that moves towards what its template says, one pod a second, one more than wanted and
/// never one less.
final class FakeDeployment {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration TO_READY = Duration.ofSeconds(3);
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration POLL_EVERY = Duration.ofSeconds(5);

  /// @param namespace where its workers connect to
  record About(WorkerRef ref, LeafPlace place, String namespace, String taskQueue) {}

  final About about;
  final List<FakePod> pods = new ArrayList<>();
  final List<FakePod> ever = new ArrayList<>();

  /// Pods of the next template never become ready.
  boolean broken;

  /// Its owner keeps the template as it was.
  boolean putBack;

  /// Why a restart leaves nobody at work for a while.
  Optional<String> pause = Optional.empty();

  /// Pods that shall go stay.
  boolean podsLinger;

  /// The kubelet still mounts the leaf of before into pods that start.
  boolean mountsOldLeaf;

  /// How long a connection lasts, and so how long a worker does not notice that it is refused.
  Duration connectionAge = Duration.ofSeconds(60);

  int rejectedHandshakes;
  private final FakeTime time;
  private final FakeCloud cloud;
  private final FakeLeaves leaves;
  private int replicas;
  private Optional<Integer> kept = Optional.empty();
  private Optional<Fingerprint> annotation = Optional.empty();
  private int revision = 1;
  private Instant progress;
  private boolean ticking;

  FakeDeployment(About about, int replicas, FakeTime time, FakeCloud cloud, FakeLeaves leaves) {
    this.about = about;
    this.replicas = replicas;
    this.time = time;
    this.cloud = cloud;
    this.leaves = leaves;
    this.annotation = leaves.current(about.place()).map(l -> l.fingerprint());
    this.progress = time.instant();
    for (int i = 0; i < replicas; i++) {
      addPod();
    }
    pods.forEach(pod -> pod.ready = pod.loaded.isPresent());
    tickLater();
  }

  boolean roll(Fingerprint leaf) {
    if (putBack) {
      return true; // and at once its owner takes it back
    }
    if (annotation.equals(Optional.of(leaf))) {
      return false;
    }
    annotation = Optional.of(leaf);
    revision++;
    moved();
    return true;
  }

  void scaleToZero(Fingerprint leaf) {
    if (kept.isEmpty()) {
      kept = Optional.of(replicas);
    }
    replicas = 0;
    roll(leaf);
    moved();
  }

  void scaleBack() {
    kept.ifPresent(r -> replicas = r);
    kept = Optional.empty();
    moved();
  }

  private void moved() {
    progress = time.instant();
    tickLater();
  }

  private void tickLater() {
    if (!ticking && !settled()) {
      ticking = true;
      time.in(
          TICK,
          () -> {
            ticking = false;
            tick();
            tickLater();
          });
    }
  }

  private boolean settled() {
    return pods.size() == replicas && pods.stream().allMatch(p -> p.ready && current(p));
  }

  private boolean current(FakePod pod) {
    return pod.revision == revision;
  }

  private void tick() {
    pods.forEach(this::wake);
    if (replicas == 0) {
      pods.removeIf(_ -> !podsLinger);
      return;
    }
    Optional<FakePod> old =
        pods.stream()
            .filter(p -> !current(p))
            .sorted((a, b) -> Boolean.compare(a.ready, b.ready))
            .findFirst();
    long ready = pods.stream().filter(p -> p.ready).count();
    if (pods.size() < replicas || old.isPresent() && pods.size() == replicas) {
      addPod();
    } else if (old.isPresent() && (ready > replicas || !old.get().ready)) {
      pods.remove(old.get());
      progress = time.instant();
    }
  }

  private void wake(FakePod pod) {
    Instant now = time.instant();
    if (pod.loaded.isEmpty()) {
      start(pod);
    }
    if (!pod.ready
        && !(broken && current(pod))
        && pod.startedAt.filter(t -> !now.isBefore(t.plus(TO_READY))).isPresent()) {
      pod.ready = true;
      progress = now;
    }
  }

  private void addPod() {
    FakePod pod =
        new FakePod(
            about.ref().name() + "-" + revision + "-" + (ever.size() + 1), revision, annotation);
    pods.add(pod);
    ever.add(pod);
    start(pod);
  }

  private void start(FakePod pod) {
    Optional<HeldCertificate> old =
        mountsOldLeaf ? leaves.previous(about.place()) : Optional.empty();
    old.or(() -> leaves.current(about.place()))
        .ifPresent(leaf -> {
          pod.start(leaf, time.instant());
          poll(pod);
        });
  }

  private void poll(FakePod pod) {
    if (!pods.contains(pod)) {
      return;
    }
    Instant now = time.instant();
    if (!pod.connectedUntil.isAfter(now)) {
      if (cloud.refusal(about.namespace(), pod.loaded.orElseThrow()).isEmpty()) {
        pod.connectedUntil = now.plus(connectionAge);
        pod.lastPoll = Optional.of(now);
      } else {
        rejectedHandshakes++;
      }
    } else {
      pod.lastPoll = Optional.of(now);
    }
    time.in(POLL_EVERY, () -> poll(pod));
  }

  ObservedWorker observed(LeafPlace asked) {
    boolean late = !settled() && broken && time.instant().isAfter(progress.plus(DEADLINE));
    return new ObservedWorker(
        about.ref(),
        true,
        replicas,
        settled(),
        late ? Optional.of("ProgressDeadlineExceeded") : Optional.empty(),
        asked.equals(about.place()),
        pods.stream().map(p -> p.observed(about.ref().kind().marksPods())).toList(),
        Optional.empty(),
        kept,
        pause,
        Optional.empty());
  }
}
