package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Clustered;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeRolls;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.OtherSecrets;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByClusterTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: one
      clusters:
      - {name: a, cluster: {server: "http://127.0.0.1:1"}}
      - {name: b, cluster: {server: "http://127.0.0.1:2"}}
      contexts:
      - {name: one, context: {cluster: a, user: u}}
      - {name: two, context: {cluster: b, user: u}}
      users:
      - {name: u, user: {token: t}}
      """;

  @TempDir private Path folder;

  private Clusters configured(Map<String, String> more) throws IOException {
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, KUBECONFIG);
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KUBECONFIG", kubeconfig.toString());
    return new Clusters(Captured.silent(folder, environment), Optional.empty());
  }

  private static Function<Optional<String>, KubeConnection> connections(ByCluster clusters) {
    return clusters.port(
        _ -> {
          throw new IllegalStateException("its ports were given");
        },
        connection -> connection);
  }

  @Test
  void eachClusterIsConnectedToOnce() throws IOException {
    try (ByCluster clusters = new ByCluster(configured(Map.of()), Map.of())) {
      var connection = connections(clusters);
      KubeConnection two = connection.apply(Optional.of("two"));
      assertThat(connection.apply(Optional.of("two"))).isSameAs(two);
      assertThat(connection.apply(Optional.of("one"))).isNotSameAs(two);
      assertThat(connection.apply(Optional.empty()))
          .isSameAs(clusters.home().get())
          .isNotSameAs(two);
    }
  }

  @Test
  void contextThatIsNotThereIsNamed() throws IOException {
    try (ByCluster clusters = new ByCluster(configured(Map.of()), Map.of())) {
      assertThatThrownBy(() -> connections(clusters).apply(Optional.of("three")))
          .hasMessageContaining("NL4001 kubeconfig: it has no context three.");
    }
  }

  @Test
  void podIsInNoClusterThatHasAName() {
    Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    Clusters inPod = new Clusters(Captured.silent(folder, pod), Optional.empty());
    try (ByCluster clusters = new ByCluster(inPod, Map.of())) {
      assertThatThrownBy(() -> connections(clusters).apply(Optional.of("eu1")))
          .hasMessageContaining("NL7004", "cluster eu1", "no kubeconfig");
    }
  }

  /// Whatever else the kubeconfig says, it is not asked for them.
  @Test
  void portsThatAreGivenServeTheirCluster() throws IOException {
    LeafPlace.Secret place = new LeafPlace.Secret("a", "tls", Optional.of("two"));
    WorkerRef worker = WorkerRef.deployment("a", "worker").in(Optional.of("two"));
    try (KubeConnection unused = configured(Map.of()).connect();
        ByCluster clusters = new ByCluster(configured(Map.of()), Map.of("two", readers(unused)))) {
      assertThat(
              Clustered.workers(clusters.port(ClusterPorts::workers, _ -> unreached()))
                  .read(List.of(new Workers.Question(worker, place))))
          .containsExactly(ObservedWorker.missing(worker));
      assertThatThrownBy(() -> connections(clusters).apply(Optional.of("two")))
          .hasMessage("its ports were given");
    }
  }

  private static Workers unreached() {
    throw new IllegalStateException("connected to");
  }

  private static ClusterPorts readers(KubeConnection connection) {
    return new ClusterPorts(
        (_, _) -> List.of(),
        questions -> questions.stream().map(q -> ObservedWorker.missing(q.worker())).toList(),
        _ -> OtherSecrets.NONE,
        new KubeLeafDelivery(connection, java.time.InstantSource.system()),
        new KubeRolls(connection, java.time.InstantSource.system()));
  }
}
