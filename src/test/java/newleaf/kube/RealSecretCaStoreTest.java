package newleaf.kube;

import java.util.Optional;
import java.util.UUID;
import newleaf.apply.CaStore;
import newleaf.files.CaStoreContract;
import newleaf.observed.LeafPlace;
import newleaf.real.ControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract of a store for keys against a real API server. Each test has a Secret of its own.
@Tag("real")
class RealSecretCaStoreTest extends CaStoreContract {
  private static String namespace;
  private static KubeConnection connection;

  private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    namespace = ControlPlane.shared().namespace("keys");
    connection = KubeConnection.open(ControlPlane.shared().kubeconfig(), Optional.empty());
  }

  @AfterAll
  static void stop() {
    connection.close();
  }

  @Override
  protected CaStore store() {
    return new SecretCaStore(connection, new LeafPlace.Secret(namespace, name));
  }
}
