package newleaf.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.emulator.cluster.ClusterFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The contract against a real API server: `-Dnewleaf.kubeconfig=<file>`. Leaves Secrets and a
/// Lease behind in the namespace `default`.
@EnabledIfSystemProperty(named = "newleaf.kubeconfig", matches = ".+")
class RealKubeTest extends KubeContract {
  private static KubernetesClient client;

  @BeforeAll
  static void connect() throws IOException {
    Path file = Path.of(System.getProperty("newleaf.kubeconfig"));
    client = ClusterFixture.client(Files.readString(file));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  KubernetesClient client() {
    return client;
  }

  @Override
  String namespace() {
    return "default";
  }
}
