package newleaf.emulator.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// What runs for one pod on the node. Only the kubelet's thread uses it; starting and stopping go
/// on elsewhere and are asked about.
final class Container {
  private final PodRunner runner;
  private final Executor threads;
  private final Map<String, String> written = new HashMap<>();
  private final Map<String, Long> due = new HashMap<>();
  private CompletableFuture<RunningPod> started = CompletableFuture.failedFuture(new StartLater());
  private Optional<CompletableFuture<Void>> stopped = Optional.empty();
  private long restartNanos;
  private long restarts = -1;
  private Instant startedAt = Instant.EPOCH;

  /// Not started yet; never thrown.
  private static final class StartLater extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Container(PodRunner runner, Executor threads) {
    this.runner = runner;
    this.threads = threads;
  }

  boolean down() {
    return started.isCompletedExceptionally();
  }

  boolean mayStart() {
    return System.nanoTime() - restartNanos >= 0;
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
    started = CompletableFuture.supplyAsync(() -> runner.start(spec), threads);
  }

  boolean up() {
    return started.isDone() && !down();
  }

  boolean ready() {
    return up() && started.join().ready() && !started.join().failed();
  }

  /// Its process has ended, or never came up.
  boolean crashed() {
    return restarts >= 0 && started.isDone() && (down() || started.join().failed());
  }

  /// After a crash: stops what is left and waits before the next start.
  void backOff(long nanos) {
    if (up()) {
      RunningPod failed = started.join();
      threads.execute(failed::stop);
    }
    started = CompletableFuture.failedFuture(new StartLater());
    restartNanos = System.nanoTime() + nanos;
  }

  /// Begins to stop, once; true when it is gone.
  boolean stop() {
    if (stopped.isEmpty()) {
      stopped =
          Optional.of(
              started.handleAsync(
                  (pod, failure) -> {
                    if (failure == null) {
                      pod.stop();
                    }
                    return null;
                  },
                  threads));
    }
    return stopped.get().isDone();
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
