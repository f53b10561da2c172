package newleaf.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Secrets of the embedded cluster keep the contract.
class EmbeddedLeavesTest extends LeavesContract {
  private static ClusterFixture fixture;
  private static KubernetesClient others;

  @BeforeAll
  static void startCluster() {
    fixture = new ClusterFixture(new FakePods());
    others = fixture.client();
  }

  @AfterAll
  static void stopCluster() {
    others.close();
    fixture.close();
  }

  @Override
  LeafSide start() {
    return new SecretLeaves(fixture.cluster().kubeconfig(), others, ClusterFixture.NAMESPACE);
  }
}
