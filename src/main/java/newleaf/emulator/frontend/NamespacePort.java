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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// One namespace's mTLS port, and the Temporal server behind it. It may have several addresses,
/// each with a judge of its own.
final class NamespacePort implements AutoCloseable {
  private static final int TRIES = 10;

  private final Temporal temporal;
  private final List<Server> servers;

  /// What the ports of all namespaces have in common.
  ///
  /// @param temporal host:port of a Temporal server to forward to; empty for an embedded one
  record Shared(
      ServerIdentity identity,
      ConnectionAge age,
      Optional<String> temporal,
      EventLoopGroup loops,
      ExecutorService calls) {}

  /// @param judges of 127.0.0.1, 127.0.0.2, ...
  NamespacePort(List<Judge> judges, Shared shared) {
    Judge first = judges.getFirst();
    Pollers pollers = new Pollers(first.clock());
    this.temporal =
        shared
            .temporal()
            .<Temporal>map(ForwardedTemporal::new)
            .orElseGet(() -> new EmbeddedTemporal(first.namespace(), pollers));
    try {
      this.servers = start(judges, shared, pollers);
    } catch (IOException e) {
      temporal.close();
      throw new UncheckedIOException("no loopback port for a namespace", e);
    }
  }

  /// All addresses have the same port, and that of the first may be taken at another.
  private List<Server> start(List<Judge> judges, Shared shared, Pollers pollers)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<Server> started = new ArrayList<>();
      try {
        for (int i = 0; i < judges.size(); i++) {
          int port = started.isEmpty() ? 0 : started.getFirst().getPort();
          InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 1)});
          var at = new InetSocketAddress(address, port);
          started.add(server(at, judges.get(i), shared, pollers).start());
        }
        return started;
      } catch (IOException e) {
        started.forEach(Server::shutdownNow);
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private Server server(InetSocketAddress at, Judge judge, Shared shared, Pollers pollers) {
    return NettyServerBuilder.forAddress(at)
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
  }

  String address() {
    return "127.0.0.1:" + servers.getFirst().getPort();
  }

  /// Takes no more calls and cancels the running ones; returns at once.
  void shut() {
    servers.forEach(Server::shutdownNow);
  }

  void awaitShut() {
    servers.forEach(server -> MtlsFrontend.await(server::awaitTermination));
  }

  /// To be called when no call runs any more.
  @Override
  public void close() {
    temporal.close();
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
