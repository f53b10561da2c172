package newleaf.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The embedded API keeps the contract. Each test has a Secret of its own.
class EmbeddedKubeTest extends KubeContract {
  private static ClusterFixture fixture;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    fixture = new ClusterFixture(new FakePods());
    client = fixture.client();
  }

  @AfterAll
  static void stop() {
    client.close();
    fixture.close();
  }

  @Override
  KubernetesClient client() {
    return client;
  }

  @Override
  String namespace() {
    return ClusterFixture.NAMESPACE;
  }
}
