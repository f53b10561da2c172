package newleaf.emulator.frontend;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import newleaf.cert.HeldCertificate;

/// One connection to a namespace's port.
record TestClient(ManagedChannel channel) implements AutoCloseable {

  static TestClient dial(String address, String serverCaPem, Optional<HeldCertificate> held) {
    return new TestClient(
        NettyChannelBuilder.forTarget(address).sslContext(tls(serverCaPem, held)).build());
  }

  static SslContext tls(String serverCaPem, Optional<HeldCertificate> held) {
    SslContextBuilder builder =
        GrpcSslContexts.forClient()
            .trustManager(
                new ByteArrayInputStream(serverCaPem.getBytes(StandardCharsets.US_ASCII)));
    held.ifPresent(h -> builder.keyManager(h.key(), chain(h)));
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  WorkflowServiceBlockingStub temporal() {
    return WorkflowServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  void call() {
    var _ = temporal().getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static X509Certificate[] chain(HeldCertificate held) {
    List<X509Certificate> all = new ArrayList<>(List.of(held.certificate()));
    all.addAll(held.chain());
    return all.toArray(X509Certificate[]::new);
  }
}
