package newleaf.desired;

import java.util.Optional;
import java.util.stream.Stream;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// One cluster has one name in a file. A Secret with two would be two places, each with a leaf that
/// replaces the other's.
final class ClusterRules {
  private ClusterRules() {}

  /// @param context where everything is that names no cluster; of the current one the file says
  ///   nothing
  static void check(
      Optional<String> context,
      Table<WorkerSpec> workers,
      Table<ClientSpec> clients,
      Problems problems) {
    if (context.isEmpty() || uses(workers, clients).noneMatch(u -> u.cluster().isEmpty())) {
      return;
    }
    uses(workers, clients)
        .filter(use -> use.cluster().equals(context))
        .forEach(use ->
            problems.add(
                Codes.CLUSTER_NAMED_TWICE,
                use.section().at("cluster"),
                ("cluster %s is the context of kubernetes, where all is that names no cluster; it"
                        + " can have one name only.")
                    .formatted(context.get()),
                "Remove cluster here, or name it wherever a secret or workload is in it."));
  }

  /// One entry that is in a cluster.
  private record Use(Optional<String> cluster, Section section) {}

  private static Stream<Use> uses(Table<WorkerSpec> workers, Table<ClientSpec> clients) {
    return Stream.concat(
        workers.rows().values().stream().flatMap(row -> use(row.spec(), row.section()).stream()),
        clients.rows().values().stream()
            .flatMap(row -> use(row.spec().place(), row.section()).stream()));
  }

  private static Optional<Use> use(WorkerSpec worker, Section section) {
    return worker
        .workload()
        .map(WorkerRef::cluster)
        .map(cluster -> new Use(cluster, section))
        .or(() -> use(Optional.of(worker.place()), section));
  }

  private static Optional<Use> use(Optional<LeafPlace> place, Section section) {
    return place
        .filter(LeafPlace.Secret.class::isInstance)
        .map(LeafPlace.Secret.class::cast)
        .map(secret -> new Use(secret.cluster(), section));
  }
}
