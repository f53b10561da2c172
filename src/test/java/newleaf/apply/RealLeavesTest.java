package newleaf.apply;

import newleaf.real.ControlPlane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// Secrets of a real control plane keep the contract.
@Tag("real")
class RealLeavesTest extends LeavesContract {
  private static String namespace;

  @BeforeAll
  static void makeNamespace() {
    namespace = ControlPlane.shared().namespace("leaves");
  }

  @Override
  LeafSide start() {
    ControlPlane real = ControlPlane.shared();
    return new SecretLeaves(real.kubeconfig(), real.admin(), namespace);
  }
}
