package newleaf.emulator.frontend;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// One namespace's mTLS port, and the Temporal server behind it.
final class NamespacePort implements AutoCloseable {
  private final Temporal temporal;
  private final Server server;

  /// What the ports of all namespaces have in common.
  ///
  /// @param temporal host:port of a Temporal server to forward to; empty for an embedded one
  record Shared(
      ServerIdentity identity,
      ConnectionAge age,
      Optional<String> temporal,
      EventLoopGroup loops,
      ExecutorService calls) {}

  NamespacePort(Judge judge, Shared shared) {
    Pollers pollers = new Pollers(judge.clock());
    this.temporal =
        shared
            .temporal()
            .<Temporal>map(ForwardedTemporal::new)
            .orElseGet(() -> new EmbeddedTemporal(judge.namespace(), pollers));
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
            .addService(temporal.workflows())
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

  /// To be called when no call runs any more.
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
}
