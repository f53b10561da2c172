package newleaf.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newleaf.apply.ClusterPorts;
import newleaf.apply.Clustered;
import newleaf.apply.Timeline;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.RequestRate;
import newleaf.desired.Desired;
import newleaf.files.CaKeyFiles;
import newleaf.files.LeafFiles;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeOtherSecrets;
import newleaf.kube.KubeWorkers;
import newleaf.observed.Cas;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Scope;
import newleaf.observed.Workers;
import newleaf.plan.Scopes;
import newleaf.workflow.RemoteClusters;

/// Puts what is behind the ports that read behind them, for one desired-state file. No port that
/// writes is in here, and no passphrase can be asked for: with this alone nothing can be changed.
/// Nothing is connected to before it is used.
final class Reading implements AutoCloseable {
  private final Desired desired;
  private final Timeline time;
  private final SecureRandom random = new SecureRandom();
  private final Optional<String> serverCa;
  private final CloudChannel channel;
  private final ByCluster clusters;
  private final Cas cas;
  private final Leaves leaves;

  Reading(Terminal terminal, Desired desired, Path base) {
    this(terminal, desired, base, RemoteClusters.NONE);
  }

  Reading(Terminal terminal, Desired desired, Path base, RemoteClusters remote) {
    this(
        terminal,
        desired,
        base,
        clusters(terminal, desired, remote),
        new SystemTimeline(terminal.clock()),
        new RequestRate(RequestRate.DEFAULT_PER_SECOND));
  }

  /// @param clusters closed with this
  Reading(
      Terminal terminal,
      Desired desired,
      Path base,
      ByCluster clusters,
      Timeline time,
      RequestRate rate) {
    this.clusters = clusters;
    this.desired = desired;
    this.time = time;
    SecretValues secrets = new SecretValues(terminal, base);
    this.serverCa = serverCa(desired, base);
    this.channel =
        new CloudChannel(
            new CloudEndpoint(
                desired.cloud().address(),
                () -> new String(secrets.read(desired.cloud().apiKey(), "the API key")),
                SecretValues.place(desired.cloud().apiKey()),
                desired.cloud().plaintext(),
                serverCa),
            rate);
    this.cas =
        new CaKeyFiles(
            new CaStores(base, clusters.home()), _ -> noPassphrase(), terminal.clock(), random);
    this.leaves =
        new Everywhere(
            new LeafFiles(base),
            Clustered.leaves(clusters.port(ClusterPorts::leaves, KubeLeaves::new)));
  }

  /// Each is a context of the kubeconfig, unless a worker of its own serves it.
  static ByCluster clusters(Terminal terminal, Desired desired, RemoteClusters remote) {
    return new ByCluster(new Clusters(terminal, desired.kubeContext()), remote.ports());
  }

  /// By the names that the file gives them.
  static Set<String> namedClusters(Desired desired) {
    Scope scope = Scopes.of(desired);
    Stream<Optional<String>> clusters =
        Stream.concat(
            Clustered.byCluster(Everywhere.secrets(scope.places())).keySet().stream(),
            scope.workers().stream().map(q -> q.worker().cluster()));
    return clusters.flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
  }

  /// PEM of the CAs that may vouch for the service.
  static Optional<String> serverCa(Desired desired, Path base) {
    return desired
        .cloud()
        .serverCa()
        .map(f -> TextFile.read(base.resolve(f), "cloud.serverCa", "Correct the path."));
  }

  private static char[] noPassphrase() {
    throw new IllegalStateException("reading opens no key");
  }

  Observer observer() {
    return new Observer(namespaces(), cas, leaves, workers(), others(), Reading::beside);
  }

  private static void beside(Runnable look) {
    Thread.ofPlatform().daemon().name("newleaf-look").start(look);
  }

  /// A cluster is only reached for a file that speaks of one.
  OtherSecrets others() {
    Map<Optional<String>, List<LeafPlace>> named =
        Clustered.byCluster(Everywhere.secrets(Scopes.of(desired).places()));
    return Clustered.others(
        named.keySet(),
        cluster ->
            clusters
                .port(
                    ports -> ports.others().apply(named.get(cluster)),
                    c -> new KubeOtherSecrets(c, named.get(cluster)))
                .apply(cluster));
  }

  private Workers workers() {
    return Clustered.workers(clusters.port(ClusterPorts::workers, KubeWorkers::new));
  }

  GrpcNamespaces namespaces() {
    return new GrpcNamespaces(channel, time, random);
  }

  Leaves leaves() {
    return leaves;
  }

  Timeline time() {
    return time;
  }

  Optional<String> serverCa() {
    return serverCa;
  }

  CloudChannel channel() {
    return channel;
  }

  /// Looks at Secrets in their clusters and at directories in the file system.
  private record Everywhere(Leaves files, Leaves clusters) implements Leaves {
    static List<LeafPlace> secrets(Collection<LeafPlace> places) {
      return places.stream().filter(LeafPlace.Secret.class::isInstance).toList();
    }

    @Override
    public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
      List<LeafPlace> folders =
          places.stream().filter(LeafPlace.Directory.class::isInstance).toList();
      List<ObservedLeaf> found = new ArrayList<>(files.read(folders, issuers));
      found.addAll(clusters.read(secrets(places), issuers));
      return found;
    }
  }

  @Override
  public void close() {
    channel.close();
    clusters.close();
  }
}
