package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static newleaf.kube.KubeFixture.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.emulator.cluster.FakePods;
import newleaf.observed.LeafPlace;
import newleaf.observed.OtherSecrets;
import newleaf.observed.OtherSecretsContract;
import newleaf.observed.Sweep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract on the embedded API, and what only a cluster has.
class KubeOtherSecretsTest extends OtherSecretsContract {
  private final KubeFixture kube = new KubeFixture(new FakePods());

  @AfterEach
  void stop() {
    kube.close();
  }

  @Override
  protected OtherSecrets secrets(List<LeafPlace> named) {
    return new KubeOtherSecrets(kube.connection, named);
  }

  @Override
  protected LeafPlace.Secret place(String name) {
    return new LeafPlace.Secret(NAMESPACE, name);
  }

  @Override
  protected void put(LeafPlace.Secret place, HeldCertificate leaf) {
    kube.seed().tlsSecret(place.namespace(), place.name(), leaf);
  }

  private Sweep sweep(LeafPlace... named) {
    return secrets(List.of(named)).find(kube.issuers()).orElseThrow();
  }

  private void opaque(String name, String certificates) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withType("Opaque")
            .addToData(
                "tls.crt",
                Base64.getEncoder()
                    .encodeToString(certificates.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .build();
    kube.others.resource(secret).create();
  }

  @Test
  void leafOfBeforeThatNewleafKeepsIsNoStray() {
    put(PLACE, kube.ca.leaf("one"));
    KubeLeafDelivery delivery = new KubeLeafDelivery(kube.connection, InstantSource.system());
    String version =
        kube.others
            .secrets()
            .inNamespace(NAMESPACE)
            .withName("tls")
            .get()
            .getMetadata()
            .getResourceVersion();
    delivery.deliver(PLACE, kube.ca.leaf("two"), Optional.of(version));
    assertThat(delivery.previous(PLACE)).isPresent();
    assertThat(sweep(PLACE)).isEqualTo(new Sweep(0, Optional.empty(), List.of()));
    put(place("other-prev"), kube.ca.leaf("somebody's"));
    assertThat(sweep(PLACE).strays())
        .extracting(Sweep.Stray::place)
        .containsExactly(place("other-prev"));
  }

  @Test
  void placeOfTheYamlIsNoStrayAlsoWhenItNamesTheCluster() {
    put(PLACE, kube.ca.leaf("one"));
    assertThat(sweep(PLACE.in(Optional.of("eu1"))).strays()).isEmpty();
    assertThat(sweep(place("other").in(Optional.of("eu1"))).strays()).hasSize(1);
  }

  @Test
  void opaqueSecretWithALeafIsFoundAndOthersAreNot() {
    opaque("leaf", Pem.of(kube.ca.leaf("x").certificate()));
    opaque("nonsense", "no certificate");
    Sweep sweep = sweep();
    assertThat(sweep.looked()).isEqualTo(2);
    assertThat(sweep.strays()).extracting(Sweep.Stray::place).containsExactly(place("leaf"));
  }

  @Test
  void whoeverMayNotListEverythingSaysSoAndNamesWhatItCouldSee() {
    try (KubeConnection stranger =
        KubeConnection.open(kube.cluster.cluster().kubeconfig("no"), Optional.empty())) {
      Sweep sweep =
          new KubeOtherSecrets(stranger, List.of(PLACE)).find(kube.issuers()).orElseThrow();
      assertThat(sweep.strays()).isEmpty();
      assertThat(sweep.notLooked().orElseThrow())
          .startsWith(
              "any Secret that the YAML does not name; listing the Secrets of all namespaces was denied: ");
    }
  }
}
