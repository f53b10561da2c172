package newleaf.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Timeline;
import newleaf.cloud.CloudChannel;
import newleaf.cloud.CloudEndpoint;
import newleaf.cloud.GrpcNamespaces;
import newleaf.cloud.RequestRate;
import newleaf.desired.Desired;
import newleaf.files.CaKeyFiles;
import newleaf.files.LeafFiles;
import newleaf.kube.KubeConnection;
import newleaf.kube.KubeLeaves;
import newleaf.kube.KubeOtherSecrets;
import newleaf.kube.KubeWorkers;
import newleaf.observed.Cas;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Observer;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Workers;
import newleaf.plan.Scopes;

/// Puts what is behind the ports that read behind them, for one desired-state file. No port that
/// writes is in here, and no passphrase can be asked for: with this alone nothing can be changed.
/// Nothing is connected to before it is used.
final class Reading implements AutoCloseable {
  private final Desired desired;
  private final Timeline time;
  private final SecureRandom random = new SecureRandom();
  private final Optional<String> serverCa;
  private final CloudChannel channel;
  private final Lazy<KubeConnection> cluster;
  private final Cas cas;
  private final Leaves leaves;

  Reading(Terminal terminal, Desired desired, Path base) {
    this(
        terminal,
        desired,
        base,
        new SystemTimeline(terminal.clock()),
        new RequestRate(RequestRate.DEFAULT_PER_SECOND));
  }

  Reading(Terminal terminal, Desired desired, Path base, Timeline time, RequestRate rate) {
    this.desired = desired;
    this.time = time;
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
                serverCa),
            rate);
    this.cluster = new Lazy<>(new Clusters(terminal, desired.kubeContext())::connect);
    this.cas =
        new CaKeyFiles(new CaStores(base, cluster), _ -> noPassphrase(), terminal.clock(), random);
    this.leaves = new Everywhere(new LeafFiles(base), cluster);
  }

  private static char[] noPassphrase() {
    throw new IllegalStateException("reading opens no key");
  }

  Observer observer() {
    return new Observer(namespaces(), cas, leaves, this::workers, others());
  }

  /// A cluster is only reached for a file that speaks of one.
  OtherSecrets others() {
    List<LeafPlace> named = Scopes.of(desired).places();
    return named.stream().anyMatch(LeafPlace.Secret.class::isInstance)
        ? issuers -> new KubeOtherSecrets(cluster.get(), named).find(issuers)
        : OtherSecrets.NONE;
  }

  private List<ObservedWorker> workers(Collection<Workers.Question> questions) {
    return questions.isEmpty() ? List.of() : new KubeWorkers(cluster.get()).read(questions);
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

  Lazy<KubeConnection> cluster() {
    return cluster;
  }

  /// Looks at Secrets in Kubernetes and at directories in the file system; a cluster is only
  /// reached when a Secret is asked for.
  private record Everywhere(Leaves files, Lazy<KubeConnection> cluster) implements Leaves {
    @Override
    public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
      List<LeafPlace> secrets = places.stream().filter(LeafPlace.Secret.class::isInstance).toList();
      List<LeafPlace> folders =
          places.stream().filter(LeafPlace.Directory.class::isInstance).toList();
      List<ObservedLeaf> found = new ArrayList<>(files.read(folders, issuers));
      if (!secrets.isEmpty()) {
        found.addAll(new KubeLeaves(cluster.get()).read(secrets, issuers));
      }
      return found;
    }
  }

  @Override
  public void close() {
    channel.close();
    cluster.ifMade().ifPresent(KubeConnection::close);
  }
}
