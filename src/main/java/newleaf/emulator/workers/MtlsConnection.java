package newleaf.emulator.workers;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import newleaf.emulator.cluster.PodSpecification;

/// A connection of a pod to its namespace.
record MtlsConnection(WorkflowServiceStubs stubs, WorkflowClient client) {

  static MtlsConnection open(PodSpecification pod, MountedKey key, String serverCaPem) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(pod.env().get("TEMPORAL_HOST_URL"))
                .setSslContext(tls(key, serverCaPem))
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

  private static SslContext tls(MountedKey key, String serverCaPem) {
    try {
      return GrpcSslContexts.forClient()
          .keyManager(key)
          .trustManager(new ByteArrayInputStream(serverCaPem.getBytes(StandardCharsets.US_ASCII)))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS refuses the frontend's CA", e);
    }
  }

  void close() {
    stubs.shutdown();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }
}
