package newleaf.cloud;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One connection to one address of an mTLS frontend, with one client certificate.
record Frontend(Wire wire, ForcedKey key, Duration limit) implements AutoCloseable {
  private static final int DEFAULT_PORT = 7233;

  /// @param endpoint host:port; the host is what the server must prove to be, and the SNI
  static Frontend open(
      String endpoint,
      InetAddress address,
      ForcedKey key,
      Optional<String> serverCa,
      Duration limit) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(new InetSocketAddress(address, port(endpoint)))
            .overrideAuthority(endpoint)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
            .sslContext(ServerTrust.client(serverCa, Optional.of(key)))
            .userAgent("newleaf");
    return new Frontend(Wire.open(builder), key, limit);
  }

  WorkflowServiceBlockingStub stub() {
    return WorkflowServiceGrpc.newBlockingStub(wire.channel())
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean askedForTheLeaf() {
    return key.asked();
  }

  @Override
  public void close() {
    wire.close();
  }

  static String host(String endpoint) {
    int colon = portColon(endpoint);
    return (colon < 0 ? endpoint : endpoint.substring(0, colon)).replaceAll("[\\[\\]]", "");
  }

  private static int port(String endpoint) {
    int colon = portColon(endpoint);
    return colon < 0 ? DEFAULT_PORT : Integer.parseInt(endpoint.substring(colon + 1));
  }

  /// -1 when there is no port; the colons of `[::1]` are none.
  private static int portColon(String endpoint) {
    return endpoint.endsWith("]") ? -1 : endpoint.lastIndexOf(':');
  }
}
