package newleaf.emulator.frontend;

import static newleaf.emulator.TestCertificate.ca;
import static newleaf.emulator.TestCertificate.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestClock;
import org.junit.jupiter.api.Test;

class ForwardedTemporalTest {
  private static final String NAMESPACE = "booking.acct";
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("client-name", Metadata.ASCII_STRING_MARSHALLER);

  private final List<String> headersSeen = new CopyOnWriteArrayList<>();

  @Test
  void callsReachTheServerBehindWithTheirHeaders() throws IOException {
    HeldCertificate authority = ca("CN=Booking CA").make();
    TestServicesStarter devServer = new TestServicesStarter(true, 0);
    Server plaintext =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(devServer.getWorkflowService())
            .intercept(new HeaderWatch())
            .build()
            .start();
    String address = "127.0.0.1:" + plaintext.getPort();
    Trust trust = new Trust(List.of(authority.certificate()), List.of());
    try (MtlsFrontend frontend =
            new MtlsFrontend(
                _ -> Optional.of(trust),
                ConnectionAge.USUAL,
                Optional.of(address),
                new TestClock());
        TestClient client =
            TestClient.dial(
                frontend.address(NAMESPACE),
                frontend.serverCaPem(),
                Optional.of(leaf("CN=worker", authority).make()))) {
      start(client);
      assertThat(openWorkflows(address)).isEqualTo(1);
      assertThat(headersSeen).contains("a-real-worker");
    } finally {
      plaintext.shutdownNow();
      devServer.close();
    }
  }

  private static void start(TestClient client) {
    Metadata headers = new Metadata();
    headers.put(HEADER, "a-real-worker");
    var _ =
        client
            .temporal()
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(NAMESPACE)
                    .setWorkflowId("w")
                    .setRequestId("r")
                    .setWorkflowType(WorkflowType.newBuilder().setName("W"))
                    .setTaskQueue(TaskQueue.newBuilder().setName("q"))
                    .build());
  }

  /// Asked of the server itself, past the frontend.
  private static int openWorkflows(String address) {
    ManagedChannel direct = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      return WorkflowServiceGrpc.newBlockingStub(direct)
          .listOpenWorkflowExecutions(
              ListOpenWorkflowExecutionsRequest.newBuilder().setNamespace(NAMESPACE).build())
          .getExecutionsCount();
    } finally {
      direct.shutdownNow();
    }
  }

  private final class HeaderWatch implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Optional.ofNullable(headers.get(HEADER)).ifPresent(headersSeen::add);
      return next.startCall(call, headers);
    }
  }
}
