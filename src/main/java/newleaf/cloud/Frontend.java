package newleaf.cloud;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import newleaf.apply.Prover;

/// One connection to one address of an mTLS frontend, with one client certificate.
record Frontend(Wire wire, ForcedKey key, Duration limit) implements AutoCloseable {
  private static final int DEFAULT_PORT = 7233;

  /// As the SDKs send it with each call; regional endpoints route by it.
  private static final Metadata.Key<String> NAMESPACE =
      Metadata.Key.of("temporal-namespace", Metadata.ASCII_STRING_MARSHALLER);

  /// The host of the endpoint is what the server must prove to be, and the SNI.
  ///
  /// @param judge of the server
  static Frontend open(
      Prover.Endpoint endpoint,
      InetAddress address,
      ForcedKey key,
      TrustManager judge,
      Duration limit) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(new InetSocketAddress(address, port(endpoint.address())))
            .overrideAuthority(endpoint.address())
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
            .sslContext(ServerTrust.client(judge, Optional.of(key)))
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers(endpoint)))
            .userAgent("newleaf");
    return new Frontend(Wire.open(builder), key, limit);
  }

  WorkflowServiceBlockingStub stub() {
    return WorkflowServiceGrpc.newBlockingStub(wire.channel())
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Metadata headers(Prover.Endpoint endpoint) {
    Metadata headers = new Metadata();
    headers.put(NAMESPACE, endpoint.namespace());
    return headers;
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
