package newleaf.real;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;
import newleaf.emulator.workers.BookingPods;
import newleaf.emulator.workers.Traffic;

/// A client outside the cluster that starts workflows all the time. It has a leaf of its own, taken
/// from its Secret as a sync tool does, and reloads it by itself.
record OutsideClient(BookingPods pods, RunningPod pod, Thread sync) implements AutoCloseable {
  private static final Duration SYNC = Duration.ofMillis(300);
  private static final int WARM = 20;

  /// Returns when the first workflows have completed.
  static OutsideClient start(
      BookingPods pods, Path mounted, Map<String, String> environment, Supplier<Secret> leaf)
      throws InterruptedException {
    new Mount(mounted).refresh(leaf.get());
    RunningPod pod =
        pods.start(
            new PodSpecification(
                "starter", "outside", Map.of(), environment, Map.of("tls", mounted)));
    Thread sync = Thread.ofVirtual().start(() -> sync(mounted, leaf));
    pods.traffic().awaitCompleted(WARM);
    return new OutsideClient(pods, pod, sync);
  }

  private static void sync(Path mounted, Supplier<Secret> leaf) {
    try {
      while (true) {
        Thread.sleep(SYNC);
        new Mount(mounted).refresh(leaf.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  Traffic traffic() {
    return pods.traffic();
  }

  @Override
  public void close() {
    sync.interrupt();
    pod.stop();
  }
}
