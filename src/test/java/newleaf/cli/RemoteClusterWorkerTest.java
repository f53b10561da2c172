package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testserver.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import newleaf.emulator.cluster.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two processes: one at home with all credentials, whose kubeconfig does not know the cluster eu1,
/// and one in eu1 that has access to it and to Temporal, and to nothing else.
@Timeout(240)
class RemoteClusterWorkerTest {
  @TempDir private Path parent;
  private TwoClusters both;
  private Closeable temporal;

  @BeforeEach
  void start() throws IOException {
    int port = freePort();
    temporal = TestServer.createPortBoundServer(port, true);
    both = TwoClusters.start(parent);
    both.kubeconfig("main");
    Files.writeString(
        yaml(),
        """
        temporal:
          address: "127.0.0.1:%d"
          namespace: default
          plaintext: true
        """
            .formatted(port),
        StandardOpenOption.APPEND);
  }

  private Path yaml() {
    return both.world().folder().resolve("newleaf.yaml");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws IOException {
    both.close();
    temporal.close();
  }

  private NewleafProcess home(String... args) throws IOException {
    return NewleafProcess.start(both.world().folder(), both.world().environment(), args);
  }

  /// The YAML and what it names to trust the service by; no folder with keys, no state.
  private NewleafProcess inCluster() throws IOException {
    Path there = Files.createDirectory(parent.resolve("there"));
    for (Path file : filesOf(both.world().folder())) {
      String name = file.getFileName().toString();
      if (name.endsWith(".yaml") || name.endsWith(".pem") || name.endsWith(".crt")) {
        Files.copy(file, there.resolve(name));
      }
    }
    Files.writeString(there.resolve("kubeconfig"), both.eu1().kubeconfig());
    Map<String, String> environment = new HashMap<>();
    environment.put("KUBECONFIG", there.resolve("kubeconfig").toString());
    return NewleafProcess.start(there, environment, "worker", "--cluster", "eu1");
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void leavesOfBothAreRenewedAndTheKeyOfTheFarOneStaysThere() throws Exception {
    String before = TwoClusters.leaf(both.eu1(), TwoClusters.SECRET);
    NewleafProcess there = inCluster();
    NewleafProcess worker = home("worker", "--remote", "eu1");
    try {
      NewleafProcess apply = home("apply", "--on", "temporal", "--auto-approve");
      assertThat(apply.exit()).as(apply.text() + worker.text() + there.text()).isZero();
      assertThat(apply.text())
          .contains("secret/temporal-booking/temporal-booking-tls@eu1", "every pod (2) polls");
    } finally {
      worker.process().destroy();
      there.process().destroy();
    }
    Cluster main = both.world().world().cluster();
    assertThat(TwoClusters.leaf(both.eu1(), TwoClusters.SECRET))
        .isNotEqualTo(before)
        .isNotEqualTo(TwoClusters.leaf(main, TwoClusters.SECRET));
    assertThat(TwoClusters.mark(both.eu1())).isNotBlank().isNotEqualTo(TwoClusters.mark(main));
    assertThat(there.exit()).as(there.text()).isEqualTo(143);
    assertThat(there.text())
        .contains(
            "Works in cluster eu1 (" + both.eu1().address(),
            "deliver to secret/temporal-booking/temporal-booking-tls@eu1")
        .doesNotContain("PRIVATE KEY", "bug of newleaf");
  }

  @Test
  void clusterThatTheFileDoesNotNameIsAMistake() {
    Captured run =
        Captured.run(
            both.world().folder(), both.world().environment(), "worker", "--remote", "eu1,eu2");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("names no cluster eu2; it names: eu1.");
  }
}
