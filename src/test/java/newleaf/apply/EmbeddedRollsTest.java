package newleaf.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AutoClose;

/// Deployments of the embedded cluster keep the contract.
class EmbeddedRollsTest extends RollsContract {
  @AutoClose private static final ClusterFixture FIXTURE = new ClusterFixture(new FakePods());
  @AutoClose private static final KubernetesClient OTHERS = FIXTURE.client();

  @Override
  RollsSide start() {
    return new KubeRollsSide(FIXTURE.cluster().kubeconfig(), OTHERS, ClusterFixture.NAMESPACE);
  }
}
