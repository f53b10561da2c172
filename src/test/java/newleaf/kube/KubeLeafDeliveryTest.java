package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static newleaf.kube.KubeFixture.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.cluster.FakePods;
import newleaf.observed.ObservedLeaf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeLeafDeliveryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00.25Z");

  private final KubeFixture kube = new KubeFixture(new FakePods());
  private final KubeLeafDelivery delivery =
      new KubeLeafDelivery(kube.connection, InstantSource.fixed(NOW));
  private final HeldCertificate first = kube.ca.leaf("worker");
  private final HeldCertificate next = kube.ca.leaf("worker");

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

  private NewleafException refused(Optional<String> version) {
    return catchThrowableOfType(
        NewleafException.class, () -> delivery.deliver(PLACE, next, version));
  }

  @Test
  void missingSecretIsCreated() {
    delivery.deliver(PLACE, first, Optional.empty());
    assertThat(stored().getType()).isEqualTo("kubernetes.io/tls");
    assertThat(read().keyMatches()).isTrue();
    assertThat(read().writtenAt()).contains(NOW);
    assertThat(delivery.current(PLACE).orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
    assertThat(delivery.previous(PLACE)).isEmpty();
  }

  @Test
  void nextDeliveryKeepsThePreviousLeaf() {
    delivery.deliver(PLACE, first, Optional.empty());
    delivery.deliver(PLACE, next, read().version());
    assertThat(delivery.current(PLACE).orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
    assertThat(delivery.previous(PLACE).orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
    HeldCertificate third = kube.ca.leaf("worker");
    delivery.deliver(PLACE, third, read().version());
    assertThat(delivery.previous(PLACE).orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
    assertThat(stored().getMetadata().getAnnotations())
        .containsEntry("newleaf.dev/leaf", third.fingerprint().value());
  }

  @Test
  void secretMadeByKubectlIsTakenOver() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    delivery.deliver(PLACE, next, read().version());
    assertThat(read().certificate().orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
    assertThat(delivery.previous(PLACE)).isPresent();
  }

  @Test
  void secretThatAPersonEditedByKubectlIsTakenOver() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    String edited = TlsSecret.data(kube.ca.leaf("worker")).get("tls.crt");
    kube.others
        .secrets()
        .inNamespace(NAMESPACE)
        .withName("tls")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("kubectl-edit")
                .build(),
            "{\"data\":{\"tls.crt\":\"" + edited + "\"}}");
    delivery.deliver(PLACE, next, read().version());
    assertThat(read().certificate().orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
  }

  @Test
  void secretOfAnotherWriterIsRefusedByItsName() {
    Secret theirs =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName("tls")
            .endMetadata()
            .withType("kubernetes.io/tls")
            .withData(TlsSecret.data(first))
            .build();
    kube.others.resource(theirs).fieldManager("vault-sync").serverSideApply();
    NewleafException refused = refused(read().version());
    assertThat(refused.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(refused.getMessage()).contains("NL4003", "\"vault-sync\"");
    assertThat(read().certificate().orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void typeAndOtherKeysAreKept() {
    Secret opaque =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName("tls")
            .endMetadata()
            .withType("Opaque")
            .withData(Map.of("ca.crt", "eA=="))
            .build();
    kube.others.resource(opaque).create();
    delivery.deliver(PLACE, next, read().version());
    assertThat(stored().getType()).isEqualTo("Opaque");
    assertThat(stored().getData()).containsOnlyKeys("ca.crt", "tls.crt", "tls.key");
    assertThat(delivery.previous(PLACE)).isEmpty();
  }

  @Test
  void secretChangedSinceThePlanIsStale() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    Optional<String> planned = read().version();
    Secret touched =
        stored().edit().editMetadata().addToLabels("touched", "yes").endMetadata().build();
    kube.others.resource(touched).update();
    NewleafException stale = refused(planned);
    assertThat(stale.failure()).isInstanceOf(Failure.Stale.class);
    assertThat(stale.getMessage()).startsWith("NL4002 secret/booking/tls");
    assertThat(read().certificate().orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void secretMadeOrDeletedSinceThePlanIsStale() {
    assertThat(refused(Optional.of("7")).failure()).isInstanceOf(Failure.Stale.class);
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    assertThat(refused(Optional.empty()).failure()).isInstanceOf(Failure.Stale.class);
  }

  @Test
  void ofManyWritersOnOneVersionOneWins() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    Optional<String> planned = read().version();
    List<HeldCertificate> leaves = Stream.generate(() -> kube.ca.leaf("worker")).limit(8).toList();
    List<Boolean> won = kube.connection.each(leaves, leaf -> delivered(leaf, planned));
    assertThat(won).containsOnlyOnce(true);
    assertThat(delivery.current(PLACE).orElseThrow().fingerprint())
        .isEqualTo(leaves.get(won.indexOf(true)).fingerprint());
    assertThat(delivery.previous(PLACE).orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
  }

  private boolean delivered(HeldCertificate leaf, Optional<String> version) {
    try {
      delivery.deliver(PLACE, leaf, version);
      return true;
    } catch (NewleafException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Stale.class);
      return false;
    }
  }

  @Test
  void ownedSecretIsRefused() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    Secret owned =
        stored()
            .edit()
            .editMetadata()
            .addToAnnotations("cert-manager.io/certificate-name", "booking-tls")
            .endMetadata()
            .build();
    kube.others.resource(owned).update();
    assertThat(refused(read().version()).getMessage())
        .contains("NL4004", "cert-manager Certificate booking-tls");
  }

  @Test
  void immutableSecretIsRefused() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    kube.others.resource(new SecretBuilder(stored()).withImmutable(true).build()).update();
    assertThat(refused(read().version()).getMessage()).startsWith("NL4005");
    assertThat(kube.others.secrets().inNamespace(NAMESPACE).withName("tls-prev").get()).isNull();
  }

  @Test
  void writerWithoutRightsIsDenied() {
    try (KubeConnection reader = kube.readerConnection()) {
      NewleafException denied =
          catchThrowableOfType(
              NewleafException.class,
              () ->
                  new KubeLeafDelivery(reader, InstantSource.fixed(NOW))
                      .deliver(PLACE, next, Optional.empty()));
      assertThat(denied.failure()).isInstanceOf(Failure.Denied.class);
      assertThat(denied.getMessage()).contains("NL4010", "cannot create resource \"secrets\"");
    }
  }

  @Test
  void noKeyIsInAnyMessage() {
    kube.seed().tlsSecret(NAMESPACE, "tls", first);
    assertThat(refused(Optional.empty()).getMessage()).doesNotContain("PRIVATE KEY");
  }
}
