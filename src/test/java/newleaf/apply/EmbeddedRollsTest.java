package newleaf.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Deployments of the embedded cluster keep the contract.
class EmbeddedRollsTest extends RollsContract {
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
  RollsSide start() {
    return new KubeRollsSide(fixture.cluster().kubeconfig(), others, ClusterFixture.NAMESPACE);
  }
}
