package newleaf.emulator.workers;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;

/// A pod that starts workflows at a steady rate and waits for each. It reloads its certificate
/// without a restart: when the mounted file changes, new workflows go over a new connection, and
/// the old one is closed when the last workflow on it has ended.
final class StarterPod implements RunningPod {
  private static final Duration EVERY = Duration.ofMillis(40);
  private static final int AT_ONCE = 200;

  private final PodSpecification pod;
  private final String serverCaPem;
  private final Traffic traffic;
  private final Semaphore open = new Semaphore(AT_ONCE);
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().name("starter").unstarted(this::run);
  private volatile boolean stopped;
  private Session session;

  StarterPod(PodSpecification pod, String serverCaPem, Traffic traffic) {
    this.pod = pod;
    this.serverCaPem = serverCaPem;
    this.traffic = traffic;
    this.session = new Session(certificate(), MtlsConnection.open(pod, serverCaPem));
    loop.start();
  }

  /// A connection and the certificate it was made with.
  private record Session(String certificate, MtlsConnection connection, Semaphore inUse) {
    Session(String certificate, MtlsConnection connection) {
      this(certificate, connection, new Semaphore(AT_ONCE));
    }
  }

  private void run() {
    try {
      while (!stopped) {
        reload();
        startOne();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stopping
    }
  }

  private void reload() {
    String now = certificate();
    if (!now.equals(session.certificate())) {
      Session old = session;
      session = new Session(now, MtlsConnection.open(pod, serverCaPem));
      waiting.execute(() -> closeWhenIdle(old));
    }
  }

  private static void closeWhenIdle(Session old) {
    old.inUse().acquireUninterruptibly(AT_ONCE);
    old.connection().close();
  }

  private void startOne() throws InterruptedException {
    open.acquire(); // no more than a full house: a service without workers must not be flooded
    if (!traffic.start()) {
      open.release();
      return;
    }
    Session on = session;
    on.inUse().acquire();
    waiting.execute(() -> {
      try {
        runOne(on);
        traffic.completed();
      } catch (RuntimeException e) {
        traffic.failed(e);
      } finally {
        on.inUse().release();
        open.release();
      }
    });
  }

  private void runOne(Session on) {
    WorkflowStub workflow =
        on.connection()
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

  private String certificate() {
    Path file = pod.secretVolumes().get("tls").resolve("tls.crt");
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return session == null ? "" : session.certificate(); // being swapped: look again next time
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

  /// Starts no more, and waits for what is under way.
  @Override
  public void stop() {
    stopped = true;
    open.acquireUninterruptibly(AT_ONCE);
    waiting.close();
    session.connection().close();
  }
}
