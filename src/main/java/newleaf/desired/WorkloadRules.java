package newleaf.desired;

import java.util.HashMap;
import java.util.Map;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// What worker groups that share a workload must agree on. Its pods carry the fingerprint of the
/// one leaf they were started for, so of two leaves each plan would restart it for the other.
final class WorkloadRules {
  private final Problems problems;

  /// The first worker group of each workload.
  private final Map<String, WorkerSpec> first = new HashMap<>();

  WorkloadRules(Problems problems) {
    this.problems = problems;
  }

  void check(Table<WorkerSpec> workers) {
    for (Table.Row<WorkerSpec> row : workers.rows().values()) {
      refuseDirectory(row);
      row.spec()
          .workload()
          .map(workload -> first.putIfAbsent(workload.address(), row.spec()))
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
          Codes.WORKLOAD_OF_TWO_PLACES,
          row.at("secret"),
          ("%s loads its leaf from %s here but from %s for worker %s; each would restart it for"
                  + " the other.")
              .formatted(
                  address(worker), worker.place().address(), other.place().address(), other.name()),
          "Use one Secret for both, or a %s for each.".formatted(workload(worker).kind().word()));
    }
  }

  private void refuseDirectory(Table.Row<WorkerSpec> row) {
    WorkerSpec worker = row.spec();
    if (worker.place() instanceof LeafPlace.Directory
        && worker.workload().isPresent()
        && worker.restart() != Restart.NONE) {
      problems.add(
          Codes.WORKLOAD_WITHOUT_SECRET,
          row.at("directory"),
          "the leaf goes to a directory of this machine, which pods of %s do not mount."
              .formatted(address(worker)),
          "Use `secret: <namespace>/<name>`, or take the %s out."
              .formatted(workload(worker).kind().noun()));
    }
  }

  private static String address(WorkerSpec worker) {
    return workload(worker).address();
  }

  private static WorkerRef workload(WorkerSpec worker) {
    return worker.workload().orElseThrow();
  }

  private static String word(WorkerSpec worker) {
    return WorkerYaml.word(worker.restart());
  }
}
