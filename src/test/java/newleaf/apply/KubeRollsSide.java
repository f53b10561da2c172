package newleaf.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeRolls;
import newleaf.kube.SleepingDeployment;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.real.Until;

/// A Deployment of a cluster, by newleaf's adapter.
final class KubeRollsSide implements RollsSide {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final KubeConnection connection;
  private final KubernetesClient others;
  private final String namespace;
  private final String name = "worker-" + UUID.randomUUID().toString().substring(0, 8);

  /// @param others whoever made the Deployment
  KubeRollsSide(String kubeconfig, KubernetesClient others, String namespace) {
    this.connection = KubeConnection.open(kubeconfig, Optional.empty());
    this.others = others;
    this.namespace = namespace;
    others.resource(secret(CloudAuthorities.leaf(CloudAuthorities.OLD))).create();
    others.resource(deployment()).create();
  }

  private Secret secret(HeldCertificate leaf) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withStringData(
            Map.of("tls.crt", LeafPair.certificatesOf(leaf), "tls.key", LeafPair.keyOf(leaf)))
        .build();
  }

  private Deployment deployment() {
    return SleepingDeployment.of(namespace, name, 3)
        .edit()
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .addNewVolumeMount()
        .withName("tls")
        .withMountPath("/etc/certs")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("tls")
        .withNewSecret()
        .withSecretName(name)
        .endSecret()
        .endVolume()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Override
  public WorkerRolls rolls() {
    return new KubeRolls(connection, InstantSource.system());
  }

  @Override
  public WorkerRef worker() {
    return WorkerRef.deployment(namespace, name);
  }

  @Override
  public LeafPlace place() {
    return new LeafPlace.Secret(namespace, name);
  }

  @Override
  public void until(String fact, BooleanSupplier condition) {
    Until.holds(fact, LIMIT, () -> rolls().look(worker(), place()).toString(), condition);
  }

  @Override
  public void close() {
    others.apps().deployments().inNamespace(namespace).withName(name).delete();
    others.secrets().inNamespace(namespace).withName(name).delete();
    connection.close();
  }
}
