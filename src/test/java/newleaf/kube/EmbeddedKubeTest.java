package newleaf.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.FakePods;
import org.junit.jupiter.api.AutoClose;

/// The embedded API keeps the contract. Each test has a Secret of its own.
class EmbeddedKubeTest extends KubeContract {
  @AutoClose private static final ClusterFixture FIXTURE = new ClusterFixture(new FakePods());
  @AutoClose private static final KubernetesClient CLIENT = FIXTURE.client();

  @Override
  KubernetesClient client() {
    return CLIENT;
  }

  @Override
  String namespace() {
    return ClusterFixture.NAMESPACE;
  }
}
