package newleaf.emulator.workers;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;

/// A pod with one Temporal worker. It reads certificate and key when it starts, and never again.
final class WorkerPod implements RunningPod {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final MtlsConnection connection;
  private final WorkerFactory factory;

  WorkerPod(PodSpecification pod, String serverCaPem) {
    this.connection =
        MtlsConnection.open(pod, new MountedKey(pod.secretVolumes().get("tls")), serverCaPem);
    // no sticky queue: the test server would leave a task in it for ever when its worker has gone
    this.factory =
        WorkerFactory.newInstance(
            connection.client(), WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build());
    Worker worker = factory.newWorker(pod.env().get("TEMPORAL_TASK_QUEUE"));
    worker.registerWorkflowImplementationTypes(Booking.class);
    worker.registerActivitiesImplementations((BookingActivities) trip -> "booked " + trip);
    factory.start(); // throws when the frontend refuses the certificate
  }

  @Override
  public boolean ready() {
    return factory.isStarted();
  }

  @Override
  public boolean failed() {
    return factory.isTerminated();
  }

  @Override
  public void stop() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    connection.close();
  }
}
