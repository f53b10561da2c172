package newleaf.cloud;

import static newleaf.cloud.Samples.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Prover.Endpoint;
import newleaf.apply.Prover.Poller;
import newleaf.apply.Prover.Verdict;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.cloud.MtlsFrontend.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsProverTest {
  private static final TestAuthority SERVERS = TestAuthority.named("Server CA");
  private static final TestAuthority TRUSTED = TestAuthority.named("Payments CA G1");
  private static final TestAuthority STRANGER = TestAuthority.named("Stranger CA");
  private static final HeldCertificate LEAF = TRUSTED.leaf(NAME);
  private static final String HOST = "pay.a1b2c.test";

  private final TlsProver prover = prover("127.0.0.1");

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void leafOfTheTrustedCaIsAccepted(String protocol) throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.protocol(protocol))) {
      assertThat(prover.connect(at(frontend), LEAF)).isEqualTo(new Verdict.Accepted());
      assertThat(frontend.described).containsExactly(NAME);
      assertThat(frontend.headers).containsExactly(NAME);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void leafOfAnotherCaIsRejectedByTlsAlert(String protocol) throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.protocol(protocol))) {
      assertThat(prover.connect(at(frontend), STRANGER.leaf(NAME)))
          .isEqualTo(new Verdict.Rejected("TLS alert certificate_unknown"));
      assertThat(frontend.described).isEmpty();
    }
  }

  @Test
  void leafOfACaWithTheSameNameIsRejected() throws IOException {
    TestAuthority rogue = TestAuthority.named("Payments CA G1");
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      assertThat(prover.connect(at(frontend), rogue.leaf(NAME)))
          .isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test
  void letInByTlsButRefusedByTheServiceIsRejected() throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      for (Status status : List.of(Status.PERMISSION_DENIED, Status.UNAUTHENTICATED)) {
        frontend.refusal = Optional.of(status.withDescription("Request unauthorized."));
        assertThat(prover.connect(at(frontend), LEAF))
            .isEqualTo(new Verdict.Rejected(status.getCode() + ": Request unauthorized."));
      }
    }
  }

  @Test
  void whatIsNotFoundBehindTheDoorDoesNotMatter() throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      frontend.refusal = Optional.of(Status.NOT_FOUND);
      assertThat(prover.connect(at(frontend), LEAF)).isEqualTo(new Verdict.Accepted());
    }
  }

  @Test
  void serviceThatFailsProvesNothing() throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      for (Status status : List.of(Status.INTERNAL, Status.UNAVAILABLE, Status.UNIMPLEMENTED)) {
        frontend.refusal = Optional.of(status);
        assertThat(prover.connect(at(frontend), LEAF)).isInstanceOf(Verdict.Inconclusive.class);
      }
    }
  }

  @Test
  void serverThatAsksForNoCertificateProvesNothing() throws IOException {
    Settings open = new Settings("127.0.0.1", 0, "TLSv1.3", ClientAuth.NONE);
    try (MtlsFrontend frontend = frontend(open)) {
      assertThat(prover.connect(at(frontend), LEAF))
          .isEqualTo(new Verdict.Inconclusive("the server did not ask for a client certificate"));
    }
  }

  @Test
  void serverThatWeDoNotTrustProvesNothing() throws IOException {
    try (MtlsFrontend frontend = new MtlsFrontend(STRANGER, TRUSTED, Settings.TLS_1_3)) {
      assertThat(prover.connect(at(frontend), LEAF))
          .isInstanceOfSatisfying(
              Verdict.Inconclusive.class, v -> assertThat(v.why()).contains("certification path"));
    }
  }

  @Test
  void serverOfAnotherHostProvesNothing() throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      Endpoint other = new Endpoint(NAME, "other.test:" + frontend.port());
      assertThat(prover.connect(other, LEAF)).isInstanceOf(Verdict.Inconclusive.class);
    }
  }

  @Test
  void nobodyListeningIsInconclusive() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(prover.connect(new Endpoint(NAME, HOST + ":" + free), LEAF))
        .isInstanceOfSatisfying(
            Verdict.Inconclusive.class, v -> assertThat(v.why()).contains("Connection refused"));
  }

  @Test
  void serverThatSaysNothingIsInconclusiveAtTheLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = new Endpoint(NAME, HOST + ":" + silent.getLocalPort());
      TlsProver hasty =
          new TlsProver(Optional.empty(), addresses("127.0.0.1"), Duration.ofMillis(200));
      assertThat(hasty.connect(endpoint, LEAF))
          .isInstanceOfSatisfying(
              Verdict.Inconclusive.class, v -> assertThat(v.why()).contains("DEADLINE_EXCEEDED"));
    }
  }

  @Test
  void hostWithoutAddressIsInconclusive() {
    TlsProver.Lookup unknown =
        host -> {
          throw new UnknownHostException(host);
        };
    TlsProver lost = new TlsProver(Optional.empty(), unknown, Duration.ofSeconds(1));
    assertThat(lost.connect(new Endpoint(NAME, HOST + ":7233"), LEAF))
        .isEqualTo(new Verdict.Inconclusive("unknown host: " + HOST));
  }

  @Test
  void addressesThatDisagreeProveNeitherAcceptanceNorRefusal() throws IOException {
    try (MtlsFrontend accepting = frontend(Settings.TLS_1_3);
        MtlsFrontend _ =
            new MtlsFrontend(
                SERVERS,
                STRANGER,
                new Settings("127.0.0.2", accepting.port(), "TLSv1.3", ClientAuth.REQUIRE))) {
      TlsProver both = prover("127.0.0.1", "127.0.0.2");
      assertThat(both.connect(at(accepting), LEAF))
          .isInstanceOfSatisfying(
              Verdict.Inconclusive.class,
              v ->
                  assertThat(v.why())
                      .startsWith(
                          "its addresses disagree: 127.0.0.1 accepts, 127.0.0.2 refuses ("));
      TlsProver oneIsDown = prover("127.0.0.3", "127.0.0.1");
      assertThat(oneIsDown.connect(at(accepting), LEAF)).isInstanceOf(Verdict.Inconclusive.class);
    }
  }

  @Test
  void pollersOfWorkflowsAndActivitiesAreMergedByIdentity() throws IOException {
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      assertThat(prover.pollers(at(frontend), LEAF, "payments"))
          .containsExactlyInAnyOrder(
              new Poller("1@a", Instant.ofEpochSecond(200)),
              new Poller("1@b", Instant.ofEpochSecond(50)));
      assertThat(prover.pollers(at(frontend), LEAF, "empty")).isEmpty();
    }
  }

  @Test
  void pollersThatCanNotBeReadAreAnErrorWithoutTheKey() throws IOException {
    HeldCertificate stranger = STRANGER.leaf(NAME);
    try (MtlsFrontend frontend = frontend(Settings.TLS_1_3)) {
      assertThatThrownBy(() -> prover.pollers(at(frontend), stranger, "payments"))
          .hasMessageContaining("NL3017")
          .hasMessageContaining("certificate_unknown")
          .hasMessageNotContaining("PRIVATE");
    }
  }

  @Test
  void hostAndPortOfAnEndpointAreTold() {
    assertThat(Frontend.host("pay.a1b2c.tmprl.cloud:7233")).isEqualTo("pay.a1b2c.tmprl.cloud");
    assertThat(Frontend.host("pay.a1b2c.tmprl.cloud")).isEqualTo("pay.a1b2c.tmprl.cloud");
    assertThat(Frontend.host("[::1]:7233")).isEqualTo("::1");
    assertThat(Frontend.host("[::1]")).isEqualTo("::1");
  }

  private static MtlsFrontend frontend(Settings settings) throws IOException {
    return new MtlsFrontend(SERVERS, TRUSTED, settings);
  }

  private static Endpoint at(MtlsFrontend frontend) {
    return new Endpoint(NAME, HOST + ":" + frontend.port());
  }

  private static TlsProver prover(String... addresses) {
    return new TlsProver(
        Optional.of(Pem.of(SERVERS.certificate())), addresses(addresses), Duration.ofSeconds(10));
  }

  private static TlsProver.Lookup addresses(String... addresses) {
    return _ -> {
      InetAddress[] found = new InetAddress[addresses.length];
      for (int i = 0; i < addresses.length; i++) {
        found[i] = InetAddress.getByName(addresses[i]);
      }
      return Arrays.asList(found);
    };
  }
}
