package newleaf.cloud;

import static newleaf.cloud.Samples.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import org.junit.jupiter.api.Test;

class CloudChannelTest {
  private static final TestAuthority AUTHORITY = TestAuthority.named("Server CA");

  @Test
  void keyIsAskedForAtEachCallAndTheApiVersionIsSent() throws IOException {
    try (CloudRig rig = new CloudRig()) {
      rig.keys.add("secret-2\n");
      rig.cloud.namespaces.put(NAME, Samples.namespace(NAME));
      rig.namespaces().read(List.of(NAME));
      rig.namespaces().read(List.of(NAME));
      assertThat(rig.headers)
          .extracting(h -> h.get(CloudRig.AUTHORIZATION))
          .containsExactly("Bearer secret-1", "Bearer secret-2");
      assertThat(rig.headers)
          .extracting(h -> h.get(CloudRig.VERSION))
          .containsOnly(CloudChannel.API_VERSION);
    }
  }

  @Test
  void keyThatIsNoneIsMisconfiguredAndNotShown() throws IOException {
    for (String key : List.of("", " \n", "sec\nret", "sécret")) {
      try (CloudRig rig = new CloudRig()) {
        rig.keys.set(0, key);
        NewleafException refused =
            catchThrowableOfType(
                NewleafException.class, () -> rig.namespaces().read(List.of(NAME)));
        assertThat(refused.failure()).isInstanceOf(Failure.Misconfigured.class);
        assertThat(refused)
            .hasMessageContaining("NL3007")
            .hasMessageContaining("TEMPORAL_CLOUD_API_KEY");
        assertThat(key.isBlank() || !refused.toString().contains(key)).isTrue();
      }
    }
  }

  @Test
  void deniedCallerIsToldWhereTheKeyComesFromAndNeverTheKey() throws IOException {
    try (CloudRig rig = new CloudRig()) {
      rig.cloud.failReads.add(Status.UNAUTHENTICATED.withDescription("invalid key secret-1"));
      rig.cloud.failReads.add(Status.PERMISSION_DENIED.withDescription("not allowed"));
      for (String code : List.of("NL3001", "NL3002")) {
        NewleafException denied =
            catchThrowableOfType(
                NewleafException.class, () -> rig.namespaces().read(List.of(NAME)));
        assertThat(denied.failure()).isInstanceOf(Failure.Denied.class);
        assertThat(denied)
            .hasMessageContaining(code)
            .hasMessageContaining("TEMPORAL_CLOUD_API_KEY")
            .hasMessageNotContaining("secret-1");
      }
    }
  }

  @Test
  void nobodyListeningIsToldWithTheAddress() throws IOException {
    int free = freePort();
    try (CloudChannel channel = channel("127.0.0.1:" + free, true, Optional.empty())) {
      assertThatThrownBy(() -> namespaces(channel).read(List.of(NAME)))
          .hasMessageContaining("NL3003")
          .hasMessageContaining("127.0.0.1:" + free)
          .hasMessageContaining("Connection refused");
    }
  }

  @Test
  void serverIsVerifiedAgainstTheGivenCa() throws IOException {
    Server server = tlsServer();
    String address = "localhost:" + server.getPort();
    String wrong = Pem.of(TestAuthority.named("Other CA").certificate());
    try (CloudChannel good = channel(address, false, Optional.of(Pem.of(AUTHORITY.certificate())));
        CloudChannel bad = channel(address, false, Optional.of(wrong))) {
      assertThat(namespaces(good).read(List.of(NAME))).isEmpty();
      assertThatThrownBy(() -> namespaces(bad).read(List.of(NAME)))
          .hasMessageContaining("NL3003")
          .hasMessageContaining("certification path");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void serverCaWithoutCertificateIsMisconfigured() {
    for (String pem : List.of("", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n")) {
      try (CloudChannel channel = channel("localhost:1", false, Optional.of(pem))) {
        assertThatThrownBy(() -> namespaces(channel).read(List.of(NAME)))
            .hasMessageContaining("NL3008");
      }
    }
  }

  @Test
  void closedChannelLeavesNoThreadBehind() throws IOException {
    CloudRig rig = new CloudRig();
    rig.namespaces().read(List.of(NAME));
    assertThat(wireThreads()).isPositive();
    rig.close();
    assertThat(wireThreads()).isZero();
    rig.channel.close();
  }

  private static long wireThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("newleaf-wire") && t.isAlive())
        .count();
  }

  private static GrpcNamespaces namespaces(CloudChannel channel) {
    return new GrpcNamespaces(channel, new FakeTimeline(), new Random(1));
  }

  private static CloudChannel channel(String address, boolean plaintext, Optional<String> ca) {
    return new CloudChannel(new CloudEndpoint(address, () -> "k", "KEY", plaintext, ca));
  }

  private static Server tlsServer() throws IOException {
    HeldCertificate held = AUTHORITY.leaf("server");
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(new ScriptedCloud())
        .sslContext(
            GrpcSslContexts.configure(
                    SslContextBuilder.forServer(held.key(), held.certificate()), SslProvider.JDK)
                .build())
        .build()
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
