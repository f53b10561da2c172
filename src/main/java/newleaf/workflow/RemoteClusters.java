package newleaf.workflow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Prover;
import newleaf.cert.HeldCertificate;

/// Clusters that are served by workers of their own.
public record RemoteClusters(Map<String, RemoteCluster> byName) {
  public static final RemoteClusters NONE = new RemoteClusters(Map.of());

  public RemoteClusters {
    byName = Map.copyOf(byName);
  }

  public static RemoteClusters of(ControlPlane control, String account, Collection<String> names) {
    return new RemoteClusters(
        names.stream()
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    name ->
                        new RemoteCluster(
                            control.client(),
                            control.taskQueue(),
                            account,
                            name,
                            CallLimits.USUAL))));
  }

  /// By the names of the clusters.
  public Map<String, ClusterPorts> ports() {
    return byName.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().ports()));
  }

  /// Connects from where the key of a leaf is.
  ///
  /// @param here for keys that are here
  public Prover prover(Prover here) {
    return new Routed(here, byName);
  }

  private record Routed(Prover here, Map<String, RemoteCluster> clusters) implements Prover {
    private Prover of(HeldCertificate leaf) {
      return leaf.key() instanceof RemoteKey key
          ? Optional.ofNullable(clusters.get(key.cluster()))
              .orElseThrow(() -> new IllegalArgumentException("nobody has " + key))
          : here;
    }

    @Override
    public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
      return of(leaf).connect(endpoint, leaf);
    }

    @Override
    public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
      return of(leaf).pollers(endpoint, leaf, taskQueue);
    }
  }
}
