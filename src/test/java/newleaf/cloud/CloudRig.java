package newleaf.cloud;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A scripted service on a real port, and a channel to it.
final class CloudRig implements AutoCloseable, ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> VERSION =
      Metadata.Key.of("temporal-cloud-api-version", Metadata.ASCII_STRING_MARSHALLER);

  final ScriptedCloud cloud = new ScriptedCloud();
  final FakeTimeline timeline = new FakeTimeline();
  final List<Metadata> headers = new CopyOnWriteArrayList<>();
  final List<String> keys = new ArrayList<>(List.of("secret-1"));
  final Server server;
  final CloudChannel channel;

  CloudRig() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(cloud)
            .intercept(this)
            .maxInboundMetadataSize(64 * 1024)
            .build()
            .start();
    channel =
        new CloudChannel(
            new CloudEndpoint(
                "127.0.0.1:" + server.getPort(),
                () -> keys.size() > 1 ? keys.removeFirst() : keys.getFirst(),
                "TEMPORAL_CLOUD_API_KEY",
                true,
                Optional.empty()));
  }

  GrpcNamespaces namespaces() {
    return new GrpcNamespaces(channel, timeline, new Random(1));
  }

  GrpcNamespaceUpdates updates() {
    return new GrpcNamespaceUpdates(channel, timeline, new Random(1), Duration.ofMinutes(10));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
    headers.add(metadata);
    return next.startCall(call, metadata);
  }

  @Override
  public void close() {
    channel.close();
    server.shutdownNow();
  }
}
