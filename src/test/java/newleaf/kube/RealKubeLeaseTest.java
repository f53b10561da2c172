package newleaf.kube;

import java.util.Optional;
import java.util.UUID;
import newleaf.journal.LeaseStore;
import newleaf.journal.LeaseStoreContract;
import newleaf.real.ControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract of the lock against a real API server. Each test has a Lease of its own.
@Tag("real")
class RealKubeLeaseTest extends LeaseStoreContract {
  private static String namespace;
  private static KubeConnection connection;

  private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    namespace = ControlPlane.shared().namespace("lock");
    connection = KubeConnection.open(ControlPlane.shared().kubeconfig(), Optional.empty());
  }

  @AfterAll
  static void stop() {
    connection.close();
  }

  @Override
  protected LeaseStore store() {
    return new KubeLease(connection, namespace, name);
  }
}
