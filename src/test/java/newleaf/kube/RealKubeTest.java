package newleaf.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import newleaf.real.ControlPlane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract against a real control plane. Each test has a Secret of its own.
@Tag("real")
class RealKubeTest extends KubeContract {
  private static String namespace;

  @BeforeAll
  static void makeNamespace() {
    namespace = ControlPlane.shared().namespace("contract");
  }

  @Override
  KubernetesClient client() {
    return ControlPlane.shared().admin();
  }

  @Override
  String namespace() {
    return namespace;
  }
}
