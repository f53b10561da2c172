package newleaf.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Clustered;
import newleaf.apply.Crew;
import newleaf.apply.FencedPorts;
import newleaf.apply.LeafDelivery;
import newleaf.apply.Ports;
import newleaf.apply.Timeline;
import newleaf.cloud.GrpcNamespaceUpdates;
import newleaf.cloud.RequestRate;
import newleaf.cloud.TlsProver;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.files.CaKeyFiles;
import newleaf.files.LeafFiles;
import newleaf.journal.Fence;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeRolls;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observer;
import newleaf.workflow.RemoteClusters;

/// Puts what writes behind the ports that write, beside [Reading]. Nothing is connected to before
/// it is used.
final class Wiring implements AutoCloseable {
  private final Desired desired;
  private final StopSignal stop;
  private final Crew crew;
  private final Fence fence;
  private final RemoteClusters remote;
  private final ByCluster clusters;
  private final Reading reading;
  private final SecureRandom random = new SecureRandom();
  private final CaKeyFiles cas;
  private final LeafDelivery delivery;

  /// @param stop ends waits
  record Limits(StopSignal stop, int requestsPerSecond) {
    static Limits none() {
      return new Limits(new StopSignal(), RequestRate.DEFAULT_PER_SECOND);
    }
  }

  /// For whoever only looks, or is alone.
  Wiring(Terminal terminal, Desired desired, Path base) {
    this(terminal, desired, base, Limits.none(), Fence.NONE);
  }

  /// @param fence asked before each change
  Wiring(Terminal terminal, Desired desired, Path base, Limits limits, Fence fence) {
    this(terminal, desired, base, limits, fence, RemoteClusters.NONE);
  }

  Wiring(
      Terminal terminal,
      Desired desired,
      Path base,
      Limits limits,
      Fence fence,
      RemoteClusters remote) {
    this.remote = remote;
    this.desired = desired;
    this.fence = fence;
    this.stop = limits.stop();
    this.crew = new StepThreads(stop);
    this.clusters = Reading.clusters(terminal, desired, remote);
    this.reading =
        new Reading(
            terminal,
            desired,
            base,
            clusters,
            new SystemTimeline(terminal.clock(), stop),
            new RequestRate(limits.requestsPerSecond()));
    SecretValues secrets = new SecretValues(terminal, base);
    this.cas =
        new CaKeyFiles(
            new CaStores(base, clusters.home()),
            ca -> secrets.read(passphrase(ca).passphrase(), "the passphrase of ca " + ca.name()),
            terminal.clock(),
            random);
    this.delivery = delivery(new LeafFiles(base), terminal.clock());
  }

  /// Secrets in their clusters, directories in the file system.
  private LeafDelivery delivery(LeafFiles files, InstantSource clock) {
    LeafDelivery secrets =
        Clustered.delivery(
            clusters.port(
                ClusterPorts::delivery, connection -> new KubeLeafDelivery(connection, clock)));
    return LeafDelivery.by(place ->
        switch (place) {
          case LeafPlace.Secret _ -> secrets;
          case LeafPlace.Directory _ -> files;
        });
  }

  private CaSpec passphrase(CaRef ca) {
    return desired.cas().stream().filter(c -> c.keys().equals(ca)).findFirst().orElseThrow();
  }

  /// A new name for a run: 48 random bits in hex.
  String runName() {
    return "%012x".formatted(random.nextLong() & 0xffff_ffff_ffffL);
  }

  Observer observer() {
    return reading.observer();
  }

  Fence fence() {
    return fence;
  }

  StopSignal stop() {
    return stop;
  }

  Timeline time() {
    return reading.time();
  }

  Crew crew() {
    return crew;
  }

  Ports ports() {
    return FencedPorts.of(
        new Ports(
            reading.namespaces(),
            GrpcNamespaceUpdates.fenced(
                reading.channel(),
                reading.time(),
                random,
                GrpcNamespaceUpdates.DEFAULT_LIMIT,
                fence),
            cas,
            cas,
            reading.leaves(),
            reading.others(),
            delivery,
            Clustered.rolls(
                clusters.port(
                    ClusterPorts::rolls,
                    connection -> new KubeRolls(connection, reading.time(), fence))),
            remote.prover(
                new TlsProver(reading.serverCa(), TlsProver.Lookup.dns(), TlsProver.DEFAULT_LIMIT)),
            reading.time()),
        fence);
  }

  @Override
  public void close() {
    reading.close();
  }
}
