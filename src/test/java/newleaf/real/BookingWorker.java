package newleaf.real;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.SimpleSslContextBuilder;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import newleaf.CommandLines;
import newleaf.cert.Pem;
import newleaf.emulator.workers.Booking;
import newleaf.emulator.workers.BookingActivities;

/// A worker as people write it, in a process of its own: certificate and key from the files that
/// the environment names, read once. Writes the file `ready` when it polls, and ends on SIGTERM.
final class BookingWorker {
  private static final long GRACE_SECONDS = 15;

  private BookingWorker() {}

  /// What the Deployment's image runs.
  static List<String> command(String image) {
    if (!image.equals("booking-worker")) {
      throw new IllegalArgumentException(image + " is not here");
    }
    return CommandLines.java(BookingWorker.class, "-Xmx128m");
  }

  public static void main(String... arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    WorkflowServiceStubs stubs;
    try (InputStream certificate = Files.newInputStream(Path.of(env("TEMPORAL_MTLS_TLS_CERT")));
        InputStream key = Files.newInputStream(Path.of(env("TEMPORAL_MTLS_TLS_KEY")))) {
      stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(env("TEMPORAL_HOST_URL"))
                  .setSslContext(
                      SimpleSslContextBuilder.forPKCS8(certificate, key)
                          .setTrustManager(serverTrust())
                          .build())
                  .build());
    }
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(env("TEMPORAL_NAMESPACE"))
                .setIdentity(ProcessHandle.current().pid() + "@" + env("HOSTNAME"))
                .build());
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(env("TEMPORAL_TASK_QUEUE"));
    worker.registerWorkflowImplementationTypes(Booking.class);
    worker.registerActivitiesImplementations((BookingActivities) trip -> "booked " + trip);
    factory.start(); // throws when the frontend refuses the certificate
    Files.writeString(Path.of(env("POD_FOLDER"), "ready"), "");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(factory, stubs)));
    Thread.currentThread().join();
  }

  private static void end(WorkerFactory factory, WorkflowServiceStubs stubs) {
    factory.shutdown();
    factory.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }

  private static TrustManager serverTrust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    String pem = Files.readString(Path.of(env("SERVER_CA")));
    store.setCertificateEntry("frontend", Pem.certificates(pem).getFirst());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers()[0];
  }

  private static String env(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
