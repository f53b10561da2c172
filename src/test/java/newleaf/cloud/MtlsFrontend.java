package newleaf.cloud;

import com.google.protobuf.Timestamp;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import newleaf.cert.HeldCertificate;

/// A frontend that lets in who holds a leaf of one CA.
final class MtlsFrontend extends WorkflowServiceImplBase
    implements AutoCloseable, ServerInterceptor {
  private static final Metadata.Key<String> NAMESPACE =
      Metadata.Key.of("temporal-namespace", Metadata.ASCII_STRING_MARSHALLER);

  final List<String> headers = new CopyOnWriteArrayList<>();
  final List<String> described = new CopyOnWriteArrayList<>();
  volatile Optional<Status> refusal = Optional.empty();
  private final Server server;

  MtlsFrontend(TestAuthority own, TestAuthority trusted, Settings settings) throws IOException {
    HeldCertificate held = own.leaf("frontend");
    SslContextBuilder tls =
        GrpcSslContexts.configure(
                SslContextBuilder.forServer(held.key(), held.certificate()), SslProvider.JDK)
            .protocols(settings.protocol())
            .trustManager(trusted.certificate())
            .clientAuth(settings.clientAuth());
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .addService(this)
            .intercept(this)
            .sslContext(tls.build())
            .build()
            .start();
  }

  record Settings(String host, int port, String protocol, ClientAuth clientAuth) {
    static final Settings TLS_1_3 = new Settings("127.0.0.1", 0, "TLSv1.3", ClientAuth.REQUIRE);

    static Settings protocol(String protocol) {
      return new Settings("127.0.0.1", 0, protocol, ClientAuth.REQUIRE);
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
    headers.add(String.valueOf(metadata.get(NAMESPACE)));
    return next.startCall(call, metadata);
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void describeNamespace(
      DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> out) {
    described.add(request.getNamespace());
    if (refusal.isPresent()) {
      out.onError(refusal.get().asException());
      return;
    }
    out.onNext(DescribeNamespaceResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void describeTaskQueue(
      DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> out) {
    boolean workflows = request.getTaskQueueType() == TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;
    Map<String, Long> seen = workflows ? Map.of("1@a", 100L, "1@b", 50L) : Map.of("1@a", 200L);
    DescribeTaskQueueResponse.Builder answer = DescribeTaskQueueResponse.newBuilder();
    if (request.getTaskQueue().getName().equals("payments")) {
      seen.forEach((identity, at) ->
          answer.addPollers(
              PollerInfo.newBuilder()
                  .setIdentity(identity)
                  .setLastAccessTime(Timestamp.newBuilder().setSeconds(at))));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
