package newleaf.emulator.frontend;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The mTLS ports of all namespaces. One port each, because clients that dial 127.0.0.1 give no
/// server name to tell namespaces apart by. Start the JVM with
/// `-Djdk.tls.server.newSessionTicketCount=0`, or TLS sessions are resumed.
public final class MtlsFrontend implements AutoCloseable {
  private static final int LOOPS = 2;

  private final List<Trusts> edges;
  private final InstantSource clock;
  private final String serverCaPem;
  private final NamespacePort.Shared shared;
  private final HandshakeLog log = new HandshakeLog();
  private final Map<String, NamespacePort> ports = new ConcurrentHashMap<>();

  /// @param temporal host:port of a Temporal server to forward to; empty for an embedded one
  public MtlsFrontend(
      Trusts trusts, ConnectionAge age, Optional<String> temporal, InstantSource clock) {
    this(List.of(trusts), age, temporal, clock);
  }

  /// @param edges what each address goes by: the first is 127.0.0.1, the next 127.0.0.2, ...
  public MtlsFrontend(
      List<Trusts> edges, ConnectionAge age, Optional<String> temporal, InstantSource clock) {
    this.edges = List.copyOf(edges);
    this.clock = clock;
    EventLoopGroup loops = new NioEventLoopGroup(LOOPS);
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    ServerIdentity identity = ServerIdentity.make();
    this.serverCaPem = identity.caPem();
    this.shared = new NamespacePort.Shared(identity.keyManagers(), age, temporal, loops, calls);
  }

  /// `127.0.0.1:port` of the namespace; its port is opened the first time somebody asks.
  public String address(String namespace) {
    return ports.computeIfAbsent(namespace, n -> new NamespacePort(judges(n), shared)).address();
  }

  private List<Judge> judges(String namespace) {
    return edges.stream().map(trusts -> new Judge(namespace, trusts, clock, log)).toList();
  }

  public HandshakeLog handshakes() {
    return log;
  }

  /// The CA that clients must trust for the frontend's own certificate.
  public String serverCaPem() {
    return serverCaPem;
  }

  @Override
  public void close() {
    // connections, then their calls, then what the calls talk to
    ports.values().forEach(NamespacePort::shut);
    ports.values().forEach(NamespacePort::awaitShut);
    shared.calls().shutdownNow();
    await(shared.calls()::awaitTermination);
    ports.values().forEach(NamespacePort::close);
    await(shared.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS)::await);
  }

  /// Something that can be waited for, for some time.
  @FunctionalInterface
  interface Ending {
    boolean await(long time, TimeUnit unit) throws InterruptedException;
  }

  static void await(Ending ending) {
    try {
      ending.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing goes on, everything is already told to end
    }
  }
}
