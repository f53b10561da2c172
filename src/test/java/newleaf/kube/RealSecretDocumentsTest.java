package newleaf.kube;

import java.util.Optional;
import java.util.UUID;
import newleaf.journal.Documents;
import newleaf.journal.DocumentsContract;
import newleaf.real.ControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract of a state against a real API server and etcd. Each test has a state of its own.
@Tag("real")
class RealSecretDocumentsTest extends DocumentsContract {
  private static String namespace;
  private static KubeConnection connection;

  private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    namespace = ControlPlane.shared().namespace("state");
    connection = KubeConnection.open(ControlPlane.shared().kubeconfig(), Optional.empty());
  }

  @AfterAll
  static void stop() {
    connection.close();
  }

  @Override
  protected Documents documents() {
    return new SecretDocuments(connection, namespace, name);
  }
}
