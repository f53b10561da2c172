package newleaf.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.cluster.TestCa;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.observed.OtherSecretsContract;
import newleaf.observed.Sweep;
import newleaf.real.ControlPlane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract on a real API server. Each test has a namespace of its own; the Secrets of it go
/// again, since a sweep sees the whole cluster.
@Tag("real")
class RealOtherSecretsTest extends OtherSecretsContract {
  private final ControlPlane plane = ControlPlane.shared();
  private final String namespace = plane.namespace("sweep");
  private final KubeConnection connection =
      KubeConnection.open(plane.kubeconfig(), Optional.empty());

  @AfterEach
  void clean() {
    plane.admin().secrets().inNamespace(namespace).delete();
    connection.close();
  }

  @Override
  protected OtherSecrets secrets(List<LeafPlace> named) {
    return new KubeOtherSecrets(connection, named);
  }

  @Override
  protected LeafPlace.Secret place(String name) {
    return new LeafPlace.Secret(namespace, name);
  }

  @Override
  protected void put(LeafPlace.Secret place, HeldCertificate leaf) {
    plane
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.name())
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(new HashMap<>(TlsSecret.data(leaf)))
                .build())
        .fieldManager("kubectl-create")
        .serverSideApply();
  }

  @Test
  void leafOfBeforeThatNewleafKeepsIsNoStray() {
    TestCa ca = new TestCa("Kept CA");
    LeafPlace.Secret place = place("tls");
    put(place, ca.leaf("one"));
    KubeLeafDelivery delivery = new KubeLeafDelivery(connection, InstantSource.system());
    delivery.deliver(place, ca.leaf("two"), Optional.of(version("tls")));
    assertThat(delivery.previous(place)).isPresent();
    X509Certificate known = ca.certificate();
    Sweep sweep = secrets(List.of(place)).find(Observer.among(List.of(known))).orElseThrow();
    assertThat(sweep.strays()).isEmpty();
  }

  private String version(String name) {
    return plane
        .admin()
        .secrets()
        .inNamespace(namespace)
        .withName(name)
        .get()
        .getMetadata()
        .getResourceVersion();
  }

  /// A service account that may list the Secrets of its own namespace only.
  @Test
  void whoeverMayListOneNamespaceLooksThereAndSaysThatItIsNotAll() {
    RealAccess access = new RealAccess(plane, namespace);
    String token = access.token("sweeper", Map.of("secrets", List.of("get", "list")));
    TestCa ca = new TestCa("Seen CA");
    put(place("stray"), ca.leaf("stray"));
    try (KubeConnection few = KubeConnection.open(plane.kubeconfig(token), Optional.empty())) {
      Sweep sweep =
          new KubeOtherSecrets(few, List.of(place("declared")))
              .find(Observer.among(List.of(ca.certificate())))
              .orElseThrow();
      assertThat(sweep.strays()).extracting(Sweep.Stray::place).containsExactly(place("stray"));
      assertThat(sweep.notLooked().orElseThrow())
          .startsWith(
              "Secrets outside the Kubernetes namespaces " + namespace + "; listing the Secrets of")
          .contains("cannot list resource \"secrets\"");
    }
  }
}
