package newleaf.emulator.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// What runs for one pod on the node. Only the kubelet's thread uses it; starting and stopping go
/// on elsewhere and are asked about.
final class Container {
  /// Kubernetes' default; what has not stopped by then counts as killed.
  private static final long GRACE_SECONDS = 30;

  private final PodRunner runner;
  private final Executor threads;
  private final Map<String, String> written = new HashMap<>();
  private final Map<String, Long> due = new HashMap<>();
  private Optional<CompletableFuture<RunningPod>> started = Optional.empty();
  private Optional<CompletableFuture<Optional<RunningPod>>> stopped = Optional.empty();
  private long mayStartNanos;
  private long restarts = -1;
  private Instant startedAt = Instant.EPOCH;

  /// @param startNanos from now to its first start
  Container(PodRunner runner, Executor threads, long startNanos) {
    this.runner = runner;
    this.threads = threads;
    this.mayStartNanos = System.nanoTime() + startNanos;
  }

  /// Not started yet, or backed off after a crash.
  boolean down() {
    return started.isEmpty();
  }

  boolean mayStart() {
    return System.nanoTime() - mayStartNanos >= 0;
  }

  long restarts() {
    return Math.max(0, restarts);
  }

  Instant startedAt() {
    return startedAt;
  }

  void start(PodSpecification spec, Instant now) {
    restarts++;
    startedAt = now;
    started = Optional.of(CompletableFuture.supplyAsync(() -> runner.start(spec), threads));
  }

  boolean up() {
    return pod().isPresent();
  }

  private Optional<RunningPod> pod() {
    return started
        .filter(s -> s.isDone() && !s.isCompletedExceptionally())
        .map(CompletableFuture::join);
  }

  boolean ready() {
    return pod().filter(p -> p.ready() && !p.failed()).isPresent();
  }

  /// Its process has ended, or did not come up.
  boolean crashed() {
    return started.filter(CompletableFuture::isCompletedExceptionally).isPresent()
        || pod().filter(RunningPod::failed).isPresent();
  }

  /// After a crash: stops what is left and waits before the next start.
  void backOff(long nanos) {
    pod().ifPresent(failed -> threads.execute(failed::stop));
    started = Optional.empty();
    mayStartNanos = System.nanoTime() + nanos;
  }

  /// Begins to stop, once; true when it is gone.
  boolean stop() {
    if (started.isEmpty()) {
      return true;
    }
    if (stopped.isEmpty()) {
      stopped =
          Optional.of(
              started
                  .get()
                  .handleAsync((pod, _) -> stop(pod), threads)
                  .orTimeout(GRACE_SECONDS, TimeUnit.SECONDS));
    }
    return stopped.get().isDone();
  }

  void awaitStopped() {
    stopped.ifPresent(s -> s.exceptionally(_ -> Optional.empty()).join());
  }

  /// @param pod null when it never came up (how a future says so)
  private static Optional<RunningPod> stop(RunningPod pod) {
    Optional<RunningPod> running = Optional.ofNullable(pod);
    running.ifPresent(RunningPod::stop);
    return running;
  }

  /// Writes the files of a volume at once.
  void mount(Path directory, String volume, Doc secret) {
    new SecretVolume(directory).write(secret);
    written.put(volume, secret.text("metadata", "resourceVersion"));
  }

  /// Writes a changed Secret's files when it has been seen changed for long enough.
  void refresh(Path directory, String volume, Doc secret, long delayNanos) {
    if (secret.text("metadata", "resourceVersion").equals(written.get(volume))) {
      return;
    }
    long at = due.computeIfAbsent(volume, _ -> System.nanoTime() + delayNanos);
    if (System.nanoTime() - at >= 0) {
      due.remove(volume);
      mount(directory, volume, secret);
    }
  }
}
