package newleaf.emulator.cloud;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The Cloud Ops API on a loopback port, in plaintext.
public final class CloudOpsServer implements AutoCloseable {
  private final Server server;

  private CloudOpsServer(Server server) {
    this.server = server;
  }

  /// @param mtlsAddress the frontend's address for a namespace that has mTLS
  public static CloudOpsServer start(
      Account account, InstantSource clock, UnaryOperator<String> mtlsAddress) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return new CloudOpsServer(
          NettyServerBuilder.forAddress(anyPort)
              .addService(new CloudOps(account, mtlsAddress))
              .intercept(new CallGate(account.settings(), clock))
              .build()
              .start());
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
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing goes on, the server is already shut
    }
  }
}
