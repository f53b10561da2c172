package newleaf.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Prover;
import newleaf.cloud.TlsProver;
import newleaf.desired.Desired;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeOtherSecrets;
import newleaf.kube.KubeRolls;
import newleaf.kube.KubeWorkers;
import newleaf.workflow.ClusterScope;
import newleaf.workflow.ClusterSite;

/// Puts what a worker works with in its own cluster behind the ports, beside [Wiring], which has
/// all that is at home.
final class ClusterWiring implements AutoCloseable {
  private final Terminal terminal;
  private final KubeConnection connection;
  private final Prover prover;

  /// Connects to the cluster that the kubeconfig means, or the pod is in: a context of the file is
  /// one of the kubeconfig at home.
  ClusterWiring(Terminal terminal, Desired desired, Path base) {
    this.terminal = terminal;
    this.prover =
        new TlsProver(
            Reading.serverCa(desired, base), TlsProver.Lookup.dns(), TlsProver.DEFAULT_LIMIT);
    this.connection = new Clusters(terminal, Optional.empty()).connect();
  }

  /// @param cluster as the file names it
  /// @param scope what the file names of it
  ClusterSite site(String cluster, Supplier<ClusterScope> scope) {
    return new ClusterSite(
        cluster,
        scope,
        new ClusterPorts(
            new KubeLeaves(connection),
            new KubeWorkers(connection),
            named -> new KubeOtherSecrets(connection, named),
            new KubeLeafDelivery(connection, terminal.clock()),
            new KubeRolls(connection, terminal.clock())),
        prover);
  }

  /// Of the API server, so that a wrong kubeconfig is seen.
  String address() {
    return connection.address();
  }

  @Override
  public void close() {
    connection.close();
  }
}
