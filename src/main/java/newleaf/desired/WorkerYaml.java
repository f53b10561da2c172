package newleaf.desired;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// An entry of `workers:`.
final class WorkerYaml {
  private WorkerYaml() {}

  static WorkerSpec read(
      String name, Section worker, Table<LeafSpec> leaves, Table<NamespaceSpec> namespaces) {
    worker.knows(
        "leaf",
        "namespace",
        "taskQueue",
        "secret",
        "directory",
        "cluster",
        "deployment",
        "statefulSet",
        "daemonSet",
        "rollout",
        "restart");
    Optional<String> cluster = PlaceYaml.cluster(worker);
    Optional<WorkerRef> workload = PlaceYaml.workload(worker, cluster);
    LeafPlace place =
        PlaceYaml.read(worker, true, cluster).orElse(new LeafPlace.Directory("not readable"));
    return new WorkerSpec(
        name,
        worker.text("leaf", leaves).value(),
        worker.text("namespace", namespaces).value(),
        worker.optionalText("taskQueue", Section.Check.ANY).map(Located::value),
        place,
        workload,
        restart(worker, workload),
        worker.at());
  }

  static String word(Restart restart) {
    return restart.name().toLowerCase(Locale.ROOT);
  }

  private static Restart restart(Section worker, Optional<WorkerRef> workload) {
    boolean deployed = PlaceYaml.hasWorkload(worker);
    Restart restart =
        worker
            .choice("restart", List.of(Restart.values()), WorkerYaml::word)
            .orElse(deployed ? Restart.ROLLING : Restart.NONE);
    if (restart != Restart.NONE && !deployed) {
      worker
          .problems()
          .add(
              Codes.RESTART_OF_NOTHING,
              worker.at("restart"),
              "this worker has a restart but no deployment, statefulSet, daemonSet or rollout;"
                  + " newleaf would not know what to restart.",
              "Add `deployment: <namespace>/<name>`, or write restart: none.");
    }
    if (restart == Restart.SCALE && workload.stream().anyMatch(w -> !w.kind().hasReplicas())) {
      worker
          .problems()
          .add(
              Codes.SCALE_OF_DAEMONS,
              worker.at("restart"),
              "restart: scale needs a number of replicas, and a DaemonSet has none: it runs a pod"
                  + " on each node.",
              "Write restart: rolling, or leave it out.");
    }
    return restart;
  }
}
