package newleaf.apply;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AutoClose;

/// Secrets of the embedded cluster keep the contract.
class EmbeddedLeavesTest extends LeavesContract {
  @AutoClose private static final ClusterFixture FIXTURE = new ClusterFixture(new FakePods());
  @AutoClose private static final KubernetesClient OTHERS = FIXTURE.client();

  @Override
  LeafSide start() {
    return new SecretLeaves(FIXTURE.cluster().kubeconfig(), OTHERS, ClusterFixture.NAMESPACE);
  }
}
