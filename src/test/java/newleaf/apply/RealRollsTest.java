package newleaf.apply;

import java.nio.file.Path;
import java.util.List;
import newleaf.real.ControlPlane;
import newleaf.real.Kubelet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Deployments of a real control plane keep the contract; its pods are processes that sleep.
@Tag("real")
class RealRollsTest extends RollsContract {
  @TempDir static Path folder;
  private static Kubelet kubelet;
  private static String namespace;

  @BeforeAll
  static void startNode() {
    ControlPlane real = ControlPlane.shared();
    namespace = real.namespace("rolls");
    kubelet = Kubelet.start(real, folder, _ -> List.of("sleep", "600"));
  }

  @AfterAll
  static void stopNode() {
    if (kubelet != null) {
      kubelet.close();
    }
  }

  @Override
  RollsSide start() {
    ControlPlane real = ControlPlane.shared();
    return new KubeRollsSide(real.kubeconfig(), real.admin(), namespace);
  }
}
