package newleaf.emulator.workers;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;

/// A pod that starts workflows at a steady rate and waits for each. It reloads its certificate
/// without a restart: when the mounted file changes, the next handshake shows the new one.
final class StarterPod implements RunningPod {
  private static final Duration EVERY = Duration.ofMillis(40);
  private static final int AT_ONCE = 200;
  private static final long GRACE_SECONDS = 5;

  private final PodSpecification pod;
  private final Traffic traffic;
  private final MountedKey key;
  private final MtlsConnection connection;
  private final Semaphore open = new Semaphore(AT_ONCE);
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().name("starter").unstarted(this::run);
  private volatile boolean stopped;

  StarterPod(PodSpecification pod, String serverCaPem, Traffic traffic) {
    this.pod = pod;
    this.traffic = traffic;
    this.key = new MountedKey(pod.secretVolumes().get("tls"));
    this.connection = MtlsConnection.open(pod, key, serverCaPem);
    loop.start();
  }

  private void run() {
    try {
      while (!stopped) {
        key.follow();
        startOne();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stopping
    }
  }

  private void startOne() throws InterruptedException {
    open.acquire(); // no more than a full house: a service without workers must not be flooded
    if (!traffic.start()) {
      open.release();
      return;
    }
    waiting.execute(() -> {
      try {
        runOne();
        traffic.completed();
      } catch (RuntimeException e) {
        traffic.failed(e);
      } finally {
        open.release();
      }
    });
  }

  private void runOne() {
    WorkflowStub workflow =
        connection
            .client()
            .newUntypedWorkflowStub(
                "BookingWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(pod.env().get("TEMPORAL_TASK_QUEUE"))
                    .setWorkflowExecutionTimeout(Duration.ofMinutes(5))
                    .build());
    workflow.start("trip");
    String result = workflow.getResult(String.class);
    if (!result.equals("booked trip")) {
      throw new IllegalStateException("wrong result: " + result);
    }
  }

  @Override
  public boolean ready() {
    return !stopped;
  }

  @Override
  public boolean failed() {
    return false;
  }

  /// Starts no more, and waits a while for what is under way.
  @Override
  public void stop() {
    stopped = true;
    loop.interrupt();
    try {
      loop.join();
      open.tryAcquire(AT_ONCE, GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // no time to wait
    }
    waiting.shutdownNow();
    connection.close();
  }
}
