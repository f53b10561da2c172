package newleaf.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import newleaf.bench.Fleet.Holding;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.cluster.Seed;
import newleaf.emulator.cluster.Settings;
import newleaf.emulator.fault.Faults;
import newleaf.observed.LeafPlace;

/// The Secrets and Deployments of a fleet in an embedded cluster, in which pods do nothing.
final class FleetCluster {
  private static final int REPLICAS = 2;
  private static final Settings SETTINGS =
      new Settings(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

  private FleetCluster() {}

  static Cluster start(Fleet fleet, Path folder, InstantSource clock, Faults faults) {
    Cluster cluster =
        Cluster.start(new Cluster.Parts(SETTINGS, new FakePods(), folder, clock), faults);
    Seed seed = cluster.seed();
    fleet.holdings().stream()
        .filter(h -> h.place() instanceof LeafPlace.Secret)
        .map(h -> ((LeafPlace.Secret) h.place()).namespace())
        .distinct()
        .forEach(seed::namespace);
    fleet.holdings().forEach(holding -> put(seed, holding));
    return cluster;
  }

  private static void put(Seed seed, Holding holding) {
    if (holding.place() instanceof LeafPlace.Secret(var namespace, var secret, _)) {
      seed.tlsSecret(namespace, secret, holding.leaf());
      holding
          .deployment()
          .ifPresent(d ->
              seed.deployment(
                  new Seed.Workload(d.namespace(), d.name(), REPLICAS, secret, Map.of())));
    }
  }
}
