package newleaf.desired;

import java.util.HashMap;
import java.util.Map;
import newleaf.observed.LeafPlace;

/// What worker groups that share a Deployment must agree on. Its pods carry the fingerprint of the
/// one leaf they were started for, so of two leaves each plan would restart it for the other.
final class DeploymentRules {
  private final Problems problems;

  /// The first worker group of each Deployment.
  private final Map<String, WorkerSpec> first = new HashMap<>();

  DeploymentRules(Problems problems) {
    this.problems = problems;
  }

  void check(Table<WorkerSpec> workers) {
    for (Table.Row<WorkerSpec> row : workers.rows().values()) {
      refuseDirectory(row);
      row.spec()
          .deployment()
          .map(deployment -> first.putIfAbsent(deployment.address(), row.spec()))
          .ifPresent(other -> compare(row, other));
    }
  }

  private void compare(Table.Row<WorkerSpec> row, WorkerSpec other) {
    WorkerSpec worker = row.spec();
    if (worker.restart() != other.restart()) {
      problems.add(
          Codes.RESTARTS_DIFFER,
          row.at("restart"),
          "%s has restart %s here but %s in worker %s; only one can be done."
              .formatted(address(worker), word(worker), word(other), other.name()),
          "Write restart: " + word(other) + " here as well.");
    } else if (worker.restart() != Restart.NONE && !worker.place().equals(other.place())) {
      problems.add(
          Codes.DEPLOYMENT_OF_TWO_PLACES,
          row.at("secret"),
          ("%s loads its leaf from %s here but from %s for worker %s; each would restart it for"
                  + " the other.")
              .formatted(
                  address(worker), worker.place().address(), other.place().address(), other.name()),
          "Use one Secret for both, or a Deployment for each.");
    }
  }

  private void refuseDirectory(Table.Row<WorkerSpec> row) {
    WorkerSpec worker = row.spec();
    if (worker.place() instanceof LeafPlace.Directory
        && worker.deployment().isPresent()
        && worker.restart() != Restart.NONE) {
      problems.add(
          Codes.DEPLOYMENT_WITHOUT_SECRET,
          row.at("directory"),
          "the leaf goes to a directory of this machine, which pods of %s do not mount."
              .formatted(address(worker)),
          "Use `secret: <namespace>/<name>`, or take the deployment out.");
    }
  }

  private static String address(WorkerSpec worker) {
    return worker.deployment().orElseThrow().address();
  }

  private static String word(WorkerSpec worker) {
    return WorkerYaml.word(worker.restart());
  }
}
