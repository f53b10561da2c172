package newleaf.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import newleaf.cert.Fingerprint;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedWorker;
import newleaf.observed.OtherSecrets;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Ports of many clusters, each behind the port of one: what is asked of a Secret or workload is
/// asked of its cluster. A cluster is given by its name, or by none for the one that is meant then,
/// and what serves it is only looked for when something is asked of it.
public final class Clustered {
  private Clustered() {}

  public static Leaves leaves(Function<Optional<String>, Leaves> clusters) {
    return (places, issuers) ->
        answers(byCluster(places), (cluster, some) -> clusters.apply(cluster).read(some, issuers));
  }

  public static Workers workers(Function<Optional<String>, Workers> clusters) {
    return questions ->
        answers(
            grouped(questions, q -> q.worker().cluster()),
            (cluster, some) -> clusters.apply(cluster).read(some));
  }

  /// @param named the clusters to look into: a leaf is nowhere else, as far as the YAML says
  public static OtherSecrets others(
      Collection<Optional<String>> named, Function<Optional<String>, OtherSecrets> clusters) {
    return issuers ->
        named.stream()
            .flatMap(cluster ->
                clusters.apply(cluster).find(issuers).map(sweep -> sweep.in(cluster)).stream())
            .reduce(Sweep::and);
  }

  public static LeafDelivery delivery(Function<Optional<String>, LeafDelivery> clusters) {
    return LeafDelivery.by(place -> clusters.apply(cluster(place)));
  }

  public static WorkerRolls rolls(Function<Optional<String>, WorkerRolls> clusters) {
    return new Rolls(clusters);
  }

  /// @param places Secrets only
  public static Map<Optional<String>, List<LeafPlace>> byCluster(Collection<LeafPlace> places) {
    return grouped(places, Clustered::cluster);
  }

  private static Optional<String> cluster(LeafPlace place) {
    return switch (place) {
      case LeafPlace.Secret secret -> secret.cluster();
      case LeafPlace.Directory directory ->
          throw new IllegalArgumentException(directory.address() + " is in no cluster");
    };
  }

  private static <Q> Map<Optional<String>, List<Q>> grouped(
      Collection<Q> questions, Function<Q, Optional<String>> cluster) {
    return questions.stream()
        .collect(Collectors.groupingBy(cluster, LinkedHashMap::new, Collectors.toList()));
  }

  private static <Q, A> List<A> answers(
      Map<Optional<String>, List<Q>> questions,
      BiFunction<Optional<String>, List<Q>, List<A>> ask) {
    List<A> answers = new ArrayList<>();
    questions.forEach((cluster, some) -> answers.addAll(ask.apply(cluster, some)));
    return answers;
  }

  private record Rolls(Function<Optional<String>, WorkerRolls> clusters) implements WorkerRolls {
    private WorkerRolls in(WorkerRef worker) {
      return clusters.apply(worker.cluster());
    }

    @Override
    public void roll(WorkerRef worker, Fingerprint leaf) {
      in(worker).roll(worker, leaf);
    }

    @Override
    public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
      in(worker).scaleToZero(worker, leaf);
    }

    @Override
    public void scaleBack(WorkerRef worker) {
      in(worker).scaleBack(worker);
    }

    @Override
    public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
      return in(worker).look(worker, leaf);
    }
  }
}
