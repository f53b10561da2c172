package newleaf.emulator.workers;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import newleaf.emulator.cluster.PodSpecification;

/// A connection as a worker makes it: certificate and key from the mounted files, read once.
record MtlsConnection(WorkflowServiceStubs stubs, WorkflowClient client) {

  static MtlsConnection open(PodSpecification pod, String serverCaPem) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(pod.env().get("TEMPORAL_HOST_URL"))
                .setSslContext(tls(pod.secretVolumes().get("tls"), serverCaPem))
                .setRpcTimeout(Duration.ofSeconds(10))
                .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(pod.env().get("TEMPORAL_NAMESPACE"))
                .setIdentity("1@" + pod.name())
                .build());
    return new MtlsConnection(stubs, client);
  }

  private static SslContext tls(Path mounted, String serverCaPem) {
    try {
      return GrpcSslContexts.forClient()
          .keyManager(mounted.resolve("tls.crt").toFile(), mounted.resolve("tls.key").toFile())
          .trustManager(new ByteArrayInputStream(serverCaPem.getBytes(StandardCharsets.US_ASCII)))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("loading the mounted certificate", e);
    }
  }

  void close() {
    stubs.shutdown();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }
}
