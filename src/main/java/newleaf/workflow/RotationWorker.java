package newleaf.workflow;

import io.temporal.client.WorkflowClient;
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

  private final WorkerFactory workflows;
  private final WorkerFactory activities;
  private final Beats beats = new Beats();
  private final ScheduledExecutorService aside =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /// Two factories, because whoever sets activities aside still answers for its workflows.
  private RotationWorker(WorkflowClient client, String taskQueue, String account, Runs runs) {
    this.workflows = WorkerFactory.newInstance(client);
    this.activities = WorkerFactory.newInstance(client);
    register(workflows.newWorker(taskQueue));
    activities
        .newWorker(
            taskQueue,
            WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(AT_ONCE).build())
        .registerActivitiesImplementations(
            new AtHome(account, new Home(runs), beats, this::failed));
  }

  /// The workflows as they are now, also for histories of earlier releases.
  static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        DurableFleet.class, DurableRotation.class, DurableDrift.class, DurableClusterCall.class);
  }

  /// Begins to work.
  ///
  /// @throws NewleafException when Temporal can not be asked, or does not let us in
  public static RotationWorker start(ControlPlane control, String account, Runs runs) {
    return start(control.client(), control.taskQueue(), account, runs);
  }

  /// Begins to work.
  ///
  /// @throws NewleafException as above
  public static RotationWorker start(
      WorkflowClient client, String taskQueue, String account, Runs runs) {
    RotationWorker worker = new RotationWorker(client, taskQueue, account, runs);
    var _ =
        new Calls(client.getOptions().getNamespace())
            .of(() -> {
              worker.workflows.start();
              worker.activities.start();
              return worker;
            });
    return worker;
  }

  private void failed(NewleafException failure) {
    if (failure.failure() instanceof Failure.LockHeld) {
      activities.suspendPolling();
      var _ = aside.schedule(activities::resumePolling, ASIDE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Takes on nothing more. What is under way ends, as it is told to; what does not is left to
  /// whoever comes next.
  @Override
  public void close() {
    aside.shutdownNow();
    activities.shutdown();
    workflows.shutdown();
    activities.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    activities.shutdownNow();
    workflows.shutdownNow();
    beats.close();
  }
}
