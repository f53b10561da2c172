package newleaf.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Ports;
import newleaf.apply.Timeline;
import newleaf.apply.WorkerRolls;
import newleaf.cert.Fingerprint;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaceUpdates;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.TlsProver;
import newleaf.desired.CaSpec;
import newleaf.desired.Desired;
import newleaf.files.CaKeyFiles;
import newleaf.files.LeafFiles;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeafDelivery;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeRolls;
import newleaf.kube.KubeWorkers;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Observer;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Puts what is behind the ports behind them, for one desired-state file. Nothing is connected to
/// before it is used.
final class Wiring implements AutoCloseable {
  private final Desired desired;
  private final Timeline time;
  private final SecureRandom random = new SecureRandom();
  private final Optional<String> serverCa;
  private final CloudChannel channel;
  private final Lazy<KubeConnection> cluster;
  private final CaKeyFiles cas;
  private final Places places;

  Wiring(Terminal terminal, Desired desired, Path base) {
    this.desired = desired;
    this.time = new SystemTimeline(terminal.clock());
    SecretValues secrets = new SecretValues(terminal, base);
    this.serverCa =
        desired
            .cloud()
            .serverCa()
            .map(f -> TextFile.read(base.resolve(f), "cloud.serverCa", "Correct the path."));
    this.channel =
        new CloudChannel(
            new CloudEndpoint(
                desired.cloud().address(),
                () -> new String(secrets.read(desired.cloud().apiKey(), "the API key")),
                SecretValues.place(desired.cloud().apiKey()),
                desired.cloud().plaintext(),
                serverCa));
    this.cluster = new Lazy<>(new Clusters(terminal, desired.kubeContext())::connect);
    this.cas =
        new CaKeyFiles(
            base,
            ca -> secrets.read(passphrase(ca).passphrase(), "the passphrase of ca " + ca.name()),
            terminal.clock(),
            random);
    this.places =
        new Places(
            new LeafFiles(base),
            () -> new KubeLeaves(cluster.get()),
            () -> new KubeLeafDelivery(cluster.get(), terminal.clock()));
  }

  private CaSpec passphrase(CaRef ca) {
    return desired.cas().stream().filter(c -> c.keys().equals(ca)).findFirst().orElseThrow();
  }

  /// A new name for a run: 48 random bits in hex.
  String runName() {
    return "%012x".formatted(random.nextLong() & 0xffff_ffff_ffffL);
  }

  /// Can not write, since nothing that writes is behind it.
  Observer observer() {
    return new Observer(namespaces(), cas, places, this::workers);
  }

  private List<ObservedWorker> workers(Collection<Workers.Question> questions) {
    return questions.isEmpty() ? List.of() : new KubeWorkers(cluster.get()).read(questions);
  }

  private GrpcNamespaces namespaces() {
    return new GrpcNamespaces(channel, time, random);
  }

  Ports ports() {
    return new Ports(
        namespaces(),
        new GrpcNamespaceUpdates(channel, time, random, GrpcNamespaceUpdates.DEFAULT_LIMIT),
        cas,
        cas,
        places,
        places,
        new ClusterRolls(cluster),
        new TlsProver(serverCa, TlsProver.Lookup.dns(), TlsProver.DEFAULT_LIMIT),
        time);
  }

  /// Reaches the cluster when a workload is first rolled.
  private record ClusterRolls(Lazy<KubeConnection> cluster) implements WorkerRolls {
    private KubeRolls rolls() {
      return new KubeRolls(cluster.get());
    }

    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      rolls().roll(worker, leaf);
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      rolls().scaleToZero(worker, leaf);
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      rolls().scaleBack(worker);
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      return rolls().look(worker, leaf);
    }
  }

  @Override
  public void close() {
    channel.close();
    cluster.ifMade().ifPresent(KubeConnection::close);
  }
}
