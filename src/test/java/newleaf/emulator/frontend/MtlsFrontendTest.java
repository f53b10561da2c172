package newleaf.emulator.frontend;

import static newleaf.emulator.TestCertificate.ca;
import static newleaf.emulator.TestCertificate.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.TestCertificate;
import newleaf.emulator.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real handshakes.
class MtlsFrontendTest {
  private static final String NAMESPACE = "booking.acct";
  private static final HeldCertificate OLD_CA = ca("CN=Booking CA G1").make();
  private static final HeldCertificate NEW_CA = ca("CN=Booking CA G2").make();
  private static final HeldCertificate OLD_LEAF = leaf("CN=booking", OLD_CA).make();
  private static final HeldCertificate NEW_LEAF = leaf("CN=booking", NEW_CA).make();

  private final TestClock clock = new TestClock();
  private final Map<String, Trust> trusts = new ConcurrentHashMap<>();
  private MtlsFrontend frontend = frontend(ConnectionAge.USUAL);

  @AfterEach
  void close() {
    frontend.close();
  }

  @Test
  void trustedLeafIsAcceptedAndLoggedOnce() {
    trust(OLD_CA);
    try (TestClient client = dial(OLD_LEAF)) {
      client.call();
      client.call();
    }

    Handshake only = frontend.handshakes().all().getFirst();
    assertThat(frontend.handshakes().all()).hasSize(1);
    assertThat(only.at()).isEqualTo(clock.instant());
    assertThat(only.namespace()).isEqualTo(NAMESPACE);
    assertThat(only.leaf().fingerprint()).isEqualTo(Fingerprint.of(OLD_LEAF.certificate()));
    assertThat(only.leaf().issuer().value()).isEqualTo("CN=Booking CA G1");
    assertThat(only.verdict()).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void noCertificateIsRefused() {
    trust(OLD_CA);
    String address = frontend.address(NAMESPACE);
    try (TestClient client = TestClient.dial(address, frontend.serverCaPem(), Optional.empty())) {
      assertRefused(client);
    }
  }

  @Test
  void plaintextIsRefused() {
    trust(OLD_CA);
    var channel = NettyChannelBuilder.forTarget(frontend.address(NAMESPACE)).usePlaintext().build();
    try (TestClient client = new TestClient(channel)) {
      assertRefused(client);
    }
  }

  @Test
  void caOfTheSameNameWithAnotherKeyIsRefused() {
    trust(OLD_CA);
    HeldCertificate twin = ca("CN=Booking CA G1").make();

    assertRefused(leaf("CN=booking", twin).make(), "is not signed by");
  }

  @Test
  void leafOutsideTheFilterIsRefused() {
    trusts.put(NAMESPACE, new Trust(List.of(OLD_CA.certificate()), List.of(filter("booking"))));

    assertAccepted(OLD_LEAF);
    assertRefused(leaf("CN=billing", OLD_CA).make(), "passes no certificate filter");
  }

  @Test
  void bothLeavesAreAcceptedDuringOverlap() {
    trust(OLD_CA, NEW_CA);

    assertAccepted(OLD_LEAF);
    assertAccepted(NEW_LEAF);
  }

  @Test
  void retiredCasLeafIsRefusedOnTheNextConnectionAndTheOpenOneGoesOn() {
    trust(OLD_CA, NEW_CA);
    try (TestClient open = dial(OLD_LEAF)) {
      open.call();

      trust(NEW_CA);

      open.call();
      assertRefused(OLD_LEAF, "no accepted client CA is named 'CN=Booking CA G1'");
      assertAccepted(NEW_LEAF);
      open.call();
    }
  }

  @Test
  void sharedTlsContextIsNoWayAroundARetiredCa() {
    trust(OLD_CA);
    var tls = TestClient.tls(frontend.serverCaPem(), Optional.of(OLD_LEAF));
    try (TestClient first = dial(tls)) {
      first.call();
    }
    trust(NEW_CA);
    try (TestClient second = dial(tls)) {
      assertRefused(second);
    }
  }

  @Test
  void expiredCasLeafIsRefused() {
    HeldCertificate shortCa =
        ca("CN=Short CA").until(TestCertificate.NOW.plus(Duration.ofDays(1))).make();
    HeldCertificate longLeaf = leaf("CN=booking", shortCa).make();
    trust(shortCa);
    assertAccepted(longLeaf);

    clock.advance(Duration.ofDays(2));

    assertRefused(longLeaf, "'CN=Short CA' expired");
  }

  @Test
  void leafUnderAShownIntermediateIsAccepted() {
    HeldCertificate sub = ca("CN=Sub").issuedBy(OLD_CA).make();
    HeldCertificate bare = leaf("CN=booking", sub).make();
    trust(OLD_CA);

    assertRefused(bare, "no accepted client CA is named 'CN=Sub'");
    assertAccepted(new HeldCertificate(bare.certificate(), List.of(sub.certificate()), bare.key()));
  }

  @Test
  void openConnectionIsClosedAtItsMaximumAge() {
    frontend.close();
    frontend = frontend(new ConnectionAge(Duration.ofMillis(200), Duration.ofMillis(200)));
    trust(OLD_CA);
    try (TestClient client = dial(OLD_LEAF)) {
      client.call();
      trust(NEW_CA);

      assertThat(eventuallyRefused(client)).isTrue();
    }
  }

  @Test
  void turningMtlsOffFailsOpenConnections() {
    trust(OLD_CA);
    try (TestClient open = dial(OLD_LEAF)) {
      open.call();

      trusts.clear();

      assertThatThrownBy(open::call).hasMessageContaining(Status.Code.PERMISSION_DENIED.name());
    }
    assertRefused(OLD_LEAF, "has no mTLS");
  }

  @Test
  void anotherNamespaceThanThePortsIsDenied() {
    trust(OLD_CA);
    try (TestClient client = dial(OLD_LEAF)) {
      assertThatThrownBy(() -> describe(client, "billing.acct"))
          .hasMessageContaining(Status.Code.PERMISSION_DENIED.name());
      assertThat(describe(client, NAMESPACE)).isEqualTo(NAMESPACE);
    }
  }

  @Test
  void eachNamespaceHasItsOwnPortAndTrust() {
    trust(OLD_CA);
    trusts.put("billing.acct", new Trust(List.of(NEW_CA.certificate()), List.of()));

    assertThat(frontend.address("billing.acct")).isNotEqualTo(frontend.address(NAMESPACE));
    assertAccepted(OLD_LEAF);
    assertRefused(NEW_LEAF, "no accepted client CA");
  }

  private static String describe(TestClient client, String namespace) {
    return client
        .temporal()
        .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
        .getNamespaceInfo()
        .getName();
  }

  private MtlsFrontend frontend(ConnectionAge age) {
    return new MtlsFrontend(n -> Optional.ofNullable(trusts.get(n)), age, Optional.empty(), clock);
  }

  private void trust(HeldCertificate... cas) {
    trusts.put(
        NAMESPACE,
        new Trust(Arrays.stream(cas).map(HeldCertificate::certificate).toList(), List.of()));
  }

  private TestClient dial(HeldCertificate held) {
    return dial(TestClient.tls(frontend.serverCaPem(), Optional.of(held)));
  }

  private TestClient dial(SslContext tls) {
    return new TestClient(
        NettyChannelBuilder.forTarget(frontend.address(NAMESPACE)).sslContext(tls).build());
  }

  private void assertAccepted(HeldCertificate held) {
    try (TestClient client = dial(held)) {
      assertThatCode(client::call).doesNotThrowAnyException();
    }
    assertThat(frontend.handshakes().accepted(held.fingerprint())).isPositive();
  }

  private void assertRefused(HeldCertificate held, String reason) {
    try (TestClient client = dial(held)) {
      assertRefused(client);
    }
    assertThat(frontend.handshakes().refused(held.fingerprint())).isPositive();
    assertThat(frontend.handshakes().of(held.fingerprint()).getLast().verdict())
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private static void assertRefused(TestClient client) {
    assertThatThrownBy(client::call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  private static boolean eventuallyRefused(TestClient client) {
    for (int i = 0; i < 200; i++) {
      try {
        client.call();
        Thread.sleep(25);
      } catch (StatusRuntimeException _) {
        return true; // the client had to dial again
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return false;
  }

  private static CertificateFilter filter(String commonName) {
    return new CertificateFilter(
        Optional.of(commonName), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
