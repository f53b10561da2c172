package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.Seed;
import newleaf.emulator.cluster.TestCa;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// A cluster, newleaf's connection to it, and a second client that plays everybody else.
final class KubeFixture implements AutoCloseable {
  static final LeafPlace.Secret PLACE = new LeafPlace.Secret(NAMESPACE, "tls");
  static final WorkerRef WORKER = WorkerRef.deployment(NAMESPACE, "worker");

  final TestCa ca = new TestCa("Test CA");
  final ClusterFixture cluster;
  final KubeConnection connection;
  final KubernetesClient others;

  KubeFixture(FakePods pods) {
    cluster = new ClusterFixture(pods);
    connection = KubeConnection.open(cluster.cluster().kubeconfig(), Optional.empty());
    others = cluster.client();
  }

  Seed seed() {
    return cluster.cluster().seed();
  }

  void worker(int replicas) {
    seed().tlsSecret(NAMESPACE, "tls", ca.leaf("worker"));
    seed().deployment(new Seed.Workload(NAMESPACE, "worker", replicas, "tls", Map.of()));
  }

  KubeConnection knowingConnection() {
    return KubeConnection.open(
        cluster.cluster().kubeconfig(cluster.cluster().knowingToken()), Optional.empty());
  }

  KubeConnection readerConnection() {
    return KubeConnection.open(
        cluster.cluster().kubeconfig(cluster.cluster().readerToken()), Optional.empty());
  }

  Issuers issuers() {
    return this::issuer;
  }

  private Optional<Fingerprint> issuer(X509Certificate leaf) {
    try {
      leaf.verify(ca.certificate().getPublicKey());
      return Optional.of(Fingerprint.of(ca.certificate()));
    } catch (GeneralSecurityException _) {
      return Optional.empty(); // signed by another
    }
  }

  @Override
  public void close() {
    others.close();
    connection.close();
    cluster.close();
  }
}
