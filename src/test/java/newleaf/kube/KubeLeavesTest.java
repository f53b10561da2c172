package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static newleaf.kube.KubeFixture.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.TestCa;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeLeavesTest {
  private final KubeFixture kube = new KubeFixture(new FakePods());

  @AfterEach
  void stop() {
    kube.close();
  }

  private ObservedLeaf read() {
    return new KubeLeaves(kube.connection).read(List.of(PLACE), kube.issuers()).getFirst();
  }

  private Secret stored() {
    return kube.others.secrets().inNamespace(NAMESPACE).withName("tls").get();
  }

  private void change(Secret secret) {
    kube.others.resource(secret).update();
  }

  @Test
  void leafIsReadWithItsIssuerVersionAndTime() {
    HeldCertificate leaf = kube.ca.leaf("worker");
    kube.seed().tlsSecret(NAMESPACE, "tls", leaf);
    ObservedLeaf read = read();
    assertThat(read.certificate().orElseThrow().fingerprint()).isEqualTo(leaf.fingerprint());
    assertThat(read.issuedBy()).contains(Fingerprint.of(kube.ca.certificate()));
    assertThat(read.keyMatches()).isTrue();
    assertThat(read.version()).contains(stored().getMetadata().getResourceVersion());
    assertThat(read.writtenAt().orElseThrow())
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(read.owner()).isEmpty();
  }

  @Test
  void rsaKeyMatchesToo() {
    kube.seed().tlsSecret(NAMESPACE, "tls", kube.ca.rsaLeaf("worker"));
    assertThat(read().keyMatches()).isTrue();
  }

  @Test
  void keyOfAnotherLeafDoesNotMatch() {
    HeldCertificate one = kube.ca.leaf("worker");
    HeldCertificate two = kube.ca.leaf("worker");
    kube.seed().tlsSecret(NAMESPACE, "tls", new HeldCertificate(one.certificate(), two.key()));
    assertThat(read().keyMatches()).isFalse();
    assertThat(read().certificate()).isPresent();
  }

  @Test
  void keyThatIsNoPkcs8DoesNotMatch() {
    kube.seed().tlsSecret(NAMESPACE, "tls", kube.ca.leaf("worker"));
    change(new SecretBuilder(stored()).addToData("tls.key", "bm9uc2Vuc2U=").build());
    assertThat(read().keyMatches()).isFalse();
  }

  @Test
  void leafOfAnUnknownCaHasNoIssuer() {
    kube.seed().tlsSecret(NAMESPACE, "tls", new TestCa("Other").leaf("worker"));
    assertThat(read().issuedBy()).isEmpty();
  }

  @Test
  void missingSecretIsAnEmptyAnswer() {
    ObservedLeaf read = read();
    assertThat(read.place()).isEqualTo(PLACE);
    assertThat(read.certificate()).isEmpty();
    assertThat(read.version()).isEmpty();
  }

  @Test
  void unreadableCertificateIsNoLeaf() {
    kube.seed().tlsSecret(NAMESPACE, "tls", kube.ca.leaf("worker"));
    change(new SecretBuilder(stored()).addToData("tls.crt", "bm9uc2Vuc2U=").build());
    assertThat(read().certificate()).isEmpty();
    assertThat(read().version()).isPresent();
  }

  @Test
  void timeWrittenDownByNewleafComesFirst() {
    kube.seed().tlsSecret(NAMESPACE, "tls", kube.ca.leaf("worker"));
    Secret noted =
        stored()
            .edit()
            .editMetadata()
            .addToAnnotations("newleaf.dev/written-at", "2026-03-01T10:00:00.5Z")
            .endMetadata()
            .build();
    change(noted);
    assertThat(read().writtenAt()).contains(Instant.parse("2026-03-01T10:00:00.5Z"));
  }

  @Test
  void whoWritesASecretBackIsNamed() {
    kube.seed().tlsSecret(NAMESPACE, "tls", kube.ca.leaf("worker"));
    Secret plain = stored();
    Map<String, Secret> owned =
        Map.of(
            "cert-manager Certificate booking-tls",
                annotated(plain, "cert-manager.io/certificate-name", "booking-tls"),
            "ExternalSecret booking",
                plain
                    .edit()
                    .editMetadata()
                    .addNewOwnerReference()
                    .withKind("ExternalSecret")
                    .withName("booking")
                    .endOwnerReference()
                    .endMetadata()
                    .build(),
            "Helm release shop",
                annotated(plain, "meta.helm.sh/release-name", "shop")
                    .edit()
                    .editMetadata()
                    .addToLabels("app.kubernetes.io/managed-by", "Helm")
                    .endMetadata()
                    .build(),
            "Argo CD application shop",
                annotated(plain, "argocd.argoproj.io/tracking-id", "shop:/Secret:booking/tls"));
    owned.forEach((owner, secret) -> assertThat(SecretOwner.of(secret)).contains(owner));
    assertThat(SecretOwner.of(plain)).isEmpty();
  }

  private static Secret annotated(Secret secret, String name, String value) {
    return secret.edit().editMetadata().addToAnnotations(name, value).endMetadata().build();
  }

  @Test
  void manyPlacesAreAnsweredInTheirOrder() {
    kube.seed().tlsSecret(NAMESPACE, "s7", kube.ca.leaf("worker"));
    List<LeafPlace> places = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> places.add(new LeafPlace.Secret(NAMESPACE, "s" + i)));
    List<ObservedLeaf> read = new KubeLeaves(kube.connection).read(places, kube.issuers());
    assertThat(read).extracting(ObservedLeaf::place).containsExactlyElementsOf(places);
    assertThat(read.get(7).certificate()).isPresent();
  }

  /// Rights by name are the least that it can do with.
  @Test
  void whoMayNotListReadsTheSameByName() {
    List<LeafPlace> places = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      places.add(new LeafPlace.Secret(NAMESPACE, "s" + i));
      kube.seed().tlsSecret(NAMESPACE, "s" + i, kube.ca.leaf("worker"));
    }
    try (KubeConnection knowing = kube.knowingConnection()) {
      assertThat(new KubeLeaves(knowing).read(places, kube.issuers()))
          .isEqualTo(new KubeLeaves(kube.connection).read(places, kube.issuers()))
          .allMatch(leaf -> leaf.certificate().isPresent());
    }
  }

  @Test
  void strangerIsDenied() {
    try (KubeConnection stranger =
        KubeConnection.open(kube.cluster.cluster().kubeconfig("no"), Optional.empty())) {
      NewleafException denied =
          catchThrowableOfType(
              NewleafException.class,
              () -> new KubeLeaves(stranger).read(List.of(PLACE), kube.issuers()));
      assertThat(denied.failure()).isInstanceOf(Failure.Denied.class);
      assertThat(denied.getMessage()).startsWith("NL4010 http://127.0.0.1:");
    }
  }

  @Test
  void closedClusterIsARemoteErrorWithItsAddress() {
    String address = kube.cluster.cluster().address();
    kube.cluster.close();
    long begun = System.nanoTime();
    NewleafException failed = catchThrowableOfType(NewleafException.class, this::read);
    assertThat(failed.failure()).isInstanceOf(Failure.RemoteError.class);
    assertThat(failed.getMessage()).startsWith("NL4011 " + address).contains("ConnectException");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void textThatIsNoKubeconfigIsMisconfigured() {
    NewleafException failed =
        catchThrowableOfType(
            NewleafException.class, () -> KubeConnection.open("{ nonsense", Optional.empty()));
    assertThat(failed.failure()).isInstanceOf(Failure.Misconfigured.class);
  }
}
