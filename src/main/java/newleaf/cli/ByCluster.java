package newleaf.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import newleaf.apply.ClusterPorts;
import newleaf.kube.KubeConnection;

/// What serves each cluster that a file names: ports that are given, or else a connection, made
/// when it is first used.
final class ByCluster implements AutoCloseable {
  private final Clusters clusters;
  private final Map<String, ClusterPorts> given;
  private final Map<Optional<String>, Lazy<KubeConnection>> connections = new ConcurrentHashMap<>();

  /// @param given by the name of the cluster
  ByCluster(Clusters clusters, Map<String, ClusterPorts> given) {
    this.clusters = clusters;
    this.given = Map.copyOf(given);
  }

  /// The cluster of all that names none, such as the keys of CAs.
  Lazy<KubeConnection> home() {
    return connection(Optional.empty());
  }

  /// One port of each cluster.
  ///
  /// @param made what it is where a cluster is connected to
  <P> Function<Optional<String>, P> port(
      Function<ClusterPorts, P> port, Function<KubeConnection, P> made) {
    return cluster ->
        cluster
            .flatMap(name -> Optional.ofNullable(given.get(name)))
            .map(port)
            .orElseGet(() -> made.apply(connection(cluster).get()));
  }

  private Lazy<KubeConnection> connection(Optional<String> cluster) {
    return connections.computeIfAbsent(
        cluster, c -> new Lazy<>(() -> c.map(clusters::connectTo).orElseGet(clusters::connect)));
  }

  @Override
  public void close() {
    connections.values().forEach(c -> c.ifMade().ifPresent(KubeConnection::close));
  }
}
