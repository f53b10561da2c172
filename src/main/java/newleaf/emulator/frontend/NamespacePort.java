package newleaf.emulator.frontend;

import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.HealthStatusManager;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// One namespace's mTLS port, with a Temporal test server of its own behind it: the test server
/// keeps the workflows of different namespaces in one list.
final class NamespacePort implements AutoCloseable {
  private final TestServicesStarter temporal;
  private final Server server;

  /// What the ports of all namespaces have in common.
  record Shared(
      ServerIdentity identity, ConnectionAge age, EventLoopGroup loops, ExecutorService calls) {}

  NamespacePort(Judge judge, Shared shared) {
    // time skipping locked, time from the system's clock
    this.temporal = new TestServicesStarter(true, 0);
    Pollers pollers = new Pollers(judge.clock());
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(shared.loops())
            .workerEventLoopGroup(shared.loops())
            .executor(shared.calls())
            .sslContext(tls(judge, shared.identity()))
            .addTransportFilter(new StandingConnections(judge))
            .maxConnectionAge(shared.age().age().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAgeGrace(shared.age().grace().toMillis(), TimeUnit.MILLISECONDS)
            .intercept(new NamespaceGuard(judge.namespace(), judge.trusts(), pollers))
            .addService(workflows(judge.namespace(), pollers))
            .addService(new HealthStatusManager().getHealthService())
            .build();
    start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /// Takes no more calls and cancels the running ones; returns at once.
  void shut() {
    server.shutdownNow();
  }

  void awaitShut() {
    MtlsFrontend.await(server::awaitTermination);
  }

  /// To be called when no call runs any more: a cancelled one still talks to the test server.
  @Override
  public void close() {
    temporal.close();
  }

  private void start() {
    try {
      server.start();
    } catch (IOException e) {
      temporal.close();
      throw new UncheckedIOException("no loopback port for a namespace", e);
    }
  }

  /// The JDK's TLS and not OpenSSL's: it names the reason in the alert (certificate_unknown).
  private static SslContext tls(Judge judge, ServerIdentity identity) {
    try {
      return GrpcSslContexts.configure(
              SslContextBuilder.forServer(identity.key(), identity.certificate()), SslProvider.JDK)
          .trustManager(new ClientTrust(judge))
          .clientAuth(ClientAuth.REQUIRE)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("the JDK's TLS refuses our own certificate", e);
    }
  }

  private ServerServiceDefinition workflows(String namespace, Pollers pollers) {
    ServerServiceDefinition own =
        new OwnCalls(namespace, temporal.getWorkflowService(), pollers).bindService();
    ServerServiceDefinition.Builder all =
        ServerServiceDefinition.builder(WorkflowServiceGrpc.getServiceDescriptor());
    for (ServerMethodDefinition<?, ?> theirs :
        temporal.getWorkflowService().bindService().getMethods()) {
      boolean ours = OwnCalls.NAMES.contains(theirs.getMethodDescriptor().getBareMethodName());
      ServerMethodDefinition<?, ?> chosen =
          ours ? own.getMethod(theirs.getMethodDescriptor().getFullMethodName()) : theirs;
      all.addMethod(chosen);
    }
    return all.build();
  }
}
