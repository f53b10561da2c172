package newleaf.emulator.cloud;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import newleaf.emulator.fault.Faults;

/// The Cloud Ops API on a loopback port, in plaintext.
public final class CloudOpsServer implements AutoCloseable {
  private final Server server;
  private final EventLoopGroup loop;

  private CloudOpsServer(Server server, EventLoopGroup loop) {
    this.server = server;
    this.loop = loop;
  }

  /// @param mtlsAddress the frontend's address for a namespace that has mTLS
  public static CloudOpsServer start(
      Account account, InstantSource clock, Faults faults, UnaryOperator<String> mtlsAddress) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Connections connections = new Connections();
    EventLoopGroup loop =
        new NioEventLoopGroup(1, new DefaultThreadFactory("emulator-cloud", true));
    try {
      return new CloudOpsServer(
          NettyServerBuilder.forAddress(anyPort)
              .channelFactory(connections::listener)
              .bossEventLoopGroup(loop)
              .workerEventLoopGroup(loop)
              .addService(new CloudOps(account, mtlsAddress))
              .intercept(new FaultGate(faults, account, connections))
              .intercept(new CallGate(account.settings(), clock))
              .build()
              .start(),
          loop);
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port for the Cloud Ops API", e);
    }
  }

  /// `127.0.0.1:port`.
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing goes on, the server is already shut
    }
  }
}
