package newleaf.workflow;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import newleaf.Failure;
import newleaf.NewleafException;

/// Hosts the workflows, and the activities that act where the state is. Of several only the one
/// that holds the lock acts; another one that was asked leaves it to that one.
public final class RotationWorker implements AutoCloseable {
  /// Steps mostly wait: for operations, proofs and roll-outs.
  private static final int AT_ONCE = 40;

  /// Whoever finds the lock held asks for nothing to do for so long.
  private static final Duration ASIDE = Duration.ofSeconds(10);

  /// What is under way gets so long when a worker stops.
  private static final Duration FAREWELL = Duration.ofSeconds(35);

  private final WorkerFactory factory;
  private final Worker worker;
  private final Beats beats = new Beats();
  private final ScheduledExecutorService aside =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private RotationWorker(WorkerFactory factory, String taskQueue, Runs runs) {
    this.factory = factory;
    this.worker =
        factory.newWorker(
            taskQueue,
            WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(AT_ONCE).build());
    workflows(worker);
    worker.registerActivitiesImplementations(new AtHome(new Home(runs), beats, this::failed));
  }

  /// The workflows as they are now, also for histories of earlier releases.
  static void workflows(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        DurableFleet.class, DurableRotation.class, DurableDrift.class, DurableClusterCall.class);
  }

  /// Begins to work.
  public static RotationWorker start(ControlPlane control, Runs runs) {
    return start(WorkerFactory.newInstance(control.client()), control.taskQueue(), runs);
  }

  /// Begins to work, with all that was added to the factory.
  public static RotationWorker start(WorkerFactory factory, String taskQueue, Runs runs) {
    RotationWorker worker = new RotationWorker(factory, taskQueue, runs);
    factory.start();
    return worker;
  }

  private void failed(NewleafException failure) {
    if (failure.failure() instanceof Failure.LockHeld) {
      worker.suspendPolling();
      var _ = aside.schedule(worker::resumePolling, ASIDE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Takes on nothing more. What is under way is to end soon, and what does not is left to whoever
  /// comes next.
  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    aside.shutdownNow();
    beats.close();
  }
}
