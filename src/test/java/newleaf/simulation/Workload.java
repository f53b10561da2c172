package newleaf.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// A Deployment and its pods, which keep connecting to their namespace. Moves towards what its
/// template says, one pod more than wanted and never one less.
final class Workload {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration TO_READY = Duration.ofSeconds(3);
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Duration CONNECTION_AGE = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration SYNC = Duration.ofSeconds(75);

  final WorkerSpec spec;
  final List<Pod> pods = new ArrayList<>();
  final List<Pod> ever = new ArrayList<>();
  private final World world;

  /// What its owner, or an autoscaler, wants.
  int wanted;

  int replicas;
  Optional<Integer> kept = Optional.empty();
  Optional<Fingerprint> annotation = Optional.empty();

  /// New pods are not ready before.
  private Instant brokenUntil = Instant.MIN;

  private int revision = 1;
  private Instant progress;
  private boolean ticking;

  Workload(WorkerSpec spec, int replicas, World world) {
    this.spec = spec;
    this.wanted = replicas;
    this.replicas = replicas;
    this.world = world;
    this.progress = world.now();
    if (spec.restart() != Restart.NONE) {
      this.annotation = world.places.current(place()).map(HeldCertificate::fingerprint);
    }
    for (int i = 0; i < replicas; i++) {
      addPod();
    }
    pods.forEach(pod -> pod.ready = pod.loaded.isPresent());
    tickLater();
  }

  WorkerRef ref() {
    return spec.workload().orElseThrow();
  }

  LeafPlace place() {
    return spec.place();
  }

  Cloud.Space space() {
    return world.cloud.space(spec.namespace());
  }

  /// @return whether that changes anything
  boolean roll(Fingerprint leaf) {
    if (annotation.equals(Optional.of(leaf))) {
      return false;
    }
    annotation = Optional.of(leaf);
    revision++;
    if (world.chaos.strikes(Fault.ROLLOUT_SLOW)) {
      brokenUntil = world.now().plus(Duration.ofMinutes(6));
    }
    if (world.chaos.strikes(Fault.ROLLOUT_STUCK)) {
      brokenUntil = Instant.MAX;
    }
    moved();
    return true;
  }

  void scaleToZero(Fingerprint leaf) {
    if (replicas > 0 || kept.isEmpty()) {
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

  /// An autoscaler leaves a Deployment at 0 alone.
  void autoscale(int to) {
    if (replicas > 0) {
      wanted = to;
      replicas = to;
      moved();
    }
  }

  void repair() {
    brokenUntil = Instant.MIN;
    moved();
  }

  private void moved() {
    progress = world.now();
    tickLater();
  }

  private void tickLater() {
    if (!ticking && !settled()) {
      ticking = true;
      world.scheduler.in(
          TICK,
          () -> {
            ticking = false;
            tick();
            tickLater();
          });
    }
  }

  boolean settled() {
    return pods.size() == replicas && pods.stream().allMatch(p -> p.ready && current(p));
  }

  private boolean current(Pod pod) {
    return pod.revision == revision;
  }

  private void tick() {
    List.copyOf(pods).forEach(this::wake);
    if (pods.size() > replicas && pods.stream().allMatch(this::current) || replicas == 0) {
      remove(pods.getLast());
      return;
    }
    Optional<Pod> old =
        pods.stream().filter(p -> !current(p)).min((a, b) -> Boolean.compare(a.ready, b.ready));
    long ready = pods.stream().filter(p -> p.ready).count();
    if (pods.size() < replicas || old.isPresent() && pods.size() == replicas) {
      addPod();
    } else if (old.isPresent() && (ready > replicas || !old.get().ready)) {
      remove(old.get());
      progress = world.now();
    }
  }

  private void remove(Pod pod) {
    pod.disconnected(world.now());
    pod.process++;
    pods.remove(pod);
  }

  private void wake(Pod pod) {
    Instant now = world.now();
    if (pod.loaded.isEmpty()) {
      start(pod);
    }
    if (!pod.ready
        && now.isAfter(brokenUntil)
        && pod.startedAt.filter(t -> !now.isBefore(t.plus(TO_READY))).isPresent()) {
      pod.ready = true;
      progress = now;
    }
  }

  private void addPod() {
    String name = "%s-%d-%d".formatted(ref().name(), revision, ever.size() + 1);
    Pod pod = new Pod(name, revision, annotation);
    pods.add(pod);
    ever.add(pod);
    start(pod);
  }

  private void start(Pod pod) {
    world
        .places
        .current(place())
        .ifPresent(leaf -> {
          pod.load(leaf, world.now());
          int process = pod.process;
          world.scheduler.in(Duration.ofMillis(500), () -> connect(pod, process));
        });
  }

  /// Its container ends and starts again, by itself.
  void restart(int which) {
    if (!pods.isEmpty()) {
      Pod pod = pods.get(which % pods.size());
      pod.disconnected(world.now());
      world.tell(() -> pod.name + " restarts by itself");
      start(pod);
    }
  }

  private void connect(Pod pod, int process) {
    if (pod.process != process) {
      return;
    }
    Cloud.Trust frontend = world.cloud.anyFrontend(space());
    boolean accepted = frontend.accepts(pod.loaded.orElseThrow(), world.now());
    if (accepted) {
      pod.disconnected(world.now());
      pod.connected = Optional.of(world.now());
    } else {
      pod.disconnected(world.now());
      world.law.refused(this, pod);
    }
    world.scheduler.in(accepted ? CONNECTION_AGE : RETRY, () -> connect(pod, process));
  }

  /// Those that watch their files follow it after a while.
  void written() {
    if (spec.restart() != Restart.NONE) {
      return;
    }
    for (Pod pod : List.copyOf(pods)) {
      world.scheduler.in(
          SYNC,
          () -> {
            if (pods.contains(pod) && pod.loaded.isPresent()) {
              pod.disconnected(world.now());
              Optional<Instant> started = pod.startedAt;
              start(pod);
              pod.startedAt = started; // the process is the same
            }
          });
    }
  }

  ObservedWorker observed(LeafPlace asked) {
    boolean late =
        !settled()
            && world.now().isBefore(brokenUntil)
            && world.now().isAfter(progress.plus(DEADLINE));
    return new ObservedWorker(
        ref(),
        true,
        replicas,
        settled(),
        late ? Optional.of("ProgressDeadlineExceeded") : Optional.empty(),
        asked.equals(place()),
        pods.stream().map(Pod::observed).toList(),
        Optional.empty(),
        kept,
        Optional.empty(),
        Optional.empty());
  }
}
