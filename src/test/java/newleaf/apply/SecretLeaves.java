package newleaf.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLeaves;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;

/// Secrets of a cluster, by newleaf's adapters. Somebody else is who calls `kubectl create`.
final class SecretLeaves implements LeafSide {
  private final KubeConnection connection;
  private final KubernetesClient others;
  private final String namespace;

  SecretLeaves(String kubeconfig, KubernetesClient others, String namespace) {
    this.connection = KubeConnection.open(kubeconfig, Optional.empty());
    this.others = others;
    this.namespace = namespace;
  }

  @Override
  public Leaves leaves() {
    return new KubeLeaves(connection);
  }

  @Override
  public LeafDelivery delivery() {
    return new KubeLeafDelivery(connection, InstantSource.system());
  }

  @Override
  public LeafPlace place() {
    return new LeafPlace.Secret(namespace, "tls-" + UUID.randomUUID().toString().substring(0, 8));
  }

  @Override
  public void byHand(LeafPlace place, HeldCertificate leaf) {
    LeafPlace.Secret where = (LeafPlace.Secret) place;
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(where.namespace())
            .withName(where.name())
            .endMetadata()
            .withType("kubernetes.io/tls")
            .withStringData(
                Map.of("tls.crt", LeafPair.certificatesOf(leaf), "tls.key", LeafPair.keyOf(leaf)))
            .build();
    others.resource(secret).fieldManager("kubectl-create").forceConflicts().serverSideApply();
  }

  @Override
  public void close() {
    connection.close();
  }
}
