package newleaf.workflow;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does in its cluster what home asks for, and nothing else. It polls two task queues: that of the
/// cluster, and one of its own, for what needs a key that only this process has.
public final class ClusterWorker implements AutoCloseable {
  private static final int AT_ONCE = 20;
  private static final Duration FAREWELL = Duration.ofSeconds(20);

  private final WorkerFactory factory;
  private final ScheduledExecutorService dropping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fresh keys").factory());

  private ClusterWorker(WorkerFactory factory) {
    this.factory = factory;
  }

  /// Where the worker of a cluster is asked.
  ///
  /// @param home the task queue of the rotations
  public static String taskQueue(String home, String cluster) {
    return home + "-" + cluster;
  }

  /// Begins to work.
  ///
  /// @param said hears of what it does
  public static ClusterWorker start(
      ControlPlane control, ClusterSite site, InstantSource clock, Consumer<String> said) {
    String shared = taskQueue(control.taskQueue(), site.cluster());
    return start(WorkerFactory.newInstance(control.client()), shared, site, clock, said);
  }

  /// Begins to work, with all that was added to the factory.
  ///
  /// @param shared the task queue of the cluster
  public static ClusterWorker start(
      WorkerFactory factory,
      String shared,
      ClusterSite site,
      InstantSource clock,
      Consumer<String> said) {
    String own = shared + "-%016x".formatted(new SecureRandom().nextLong());
    FreshKeys keys = new FreshKeys(own, clock);
    InCluster activities = new InCluster(new ClusterSide(site, keys), said);
    ClusterWorker worker = new ClusterWorker(factory);
    worker.polls(shared, activities);
    worker.polls(own, activities);
    factory.start();
    var _ = worker.dropping.scheduleAtFixedRate(keys::dropOld, 1, 1, TimeUnit.MINUTES);
    return worker;
  }

  private void polls(String taskQueue, InCluster activities) {
    Worker worker =
        factory.newWorker(
            taskQueue,
            WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(AT_ONCE).build());
    worker.registerActivitiesImplementations(activities);
  }

  /// What is under way gets a moment to end; what was not begun is left to another worker.
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    dropping.shutdownNow();
  }
}
