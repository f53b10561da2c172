package newleaf.emulator.frontend;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/// What serves one namespace's mTLS port, and the Temporal server behind it. The port may have
/// several addresses, each with a judge of its own.
final class NamespaceServers implements AutoCloseable {
  private final LateTemporal temporal;
  private final List<Server> servers;

  /// @param doors one for each judge
  NamespaceServers(List<Door> doors, List<Judge> judges, NamespacePort.Shared shared) {
    Judge first = judges.getFirst();
    Pollers pollers = new Pollers(first.clock());
    this.temporal =
        new LateTemporal(() ->
            shared
                .temporal()
                .<Temporal>map(ForwardedTemporal::new)
                .orElseGet(() -> new EmbeddedTemporal(first.namespace(), pollers)));
    this.servers = new ArrayList<>();
    for (int i = 0; i < judges.size(); i++) {
      servers.add(server(doors.get(i), judges.get(i), shared, pollers));
    }
  }

  void start() throws IOException {
    for (Server server : servers) {
      server.start();
    }
  }

  private Server server(Door door, Judge judge, NamespacePort.Shared shared, Pollers pollers) {
    return NettyServerBuilder.forAddress(door.address())
        .channelFactory(door::channel)
        .bossEventLoopGroup(shared.loops())
        .workerEventLoopGroup(shared.loops())
        .executor(shared.calls())
        .sslContext(tls(judge, shared.identity()))
        .addTransportFilter(new StandingConnections(judge))
        .maxConnectionAge(shared.age().age().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(shared.age().grace().toMillis(), TimeUnit.MILLISECONDS)
        .intercept(new NamespaceGuard(judge.namespace(), judge.trusts(), pollers))
        .addService(new HealthStatusManager().getHealthService())
        .fallbackHandlerRegistry(temporal)
        .build();
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
  private static SslContext tls(Judge judge, KeyManagerFactory identity) {
    try {
      return GrpcSslContexts.configure(SslContextBuilder.forServer(identity), SslProvider.JDK)
          .trustManager(new ClientTrust(judge))
          .clientAuth(ClientAuth.REQUIRE)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("the JDK's TLS refuses our own certificate", e);
    }
  }
}
