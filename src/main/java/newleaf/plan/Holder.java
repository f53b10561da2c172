package newleaf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.observed.WorkerRef;

/// Whoever loads a leaf from a place that newleaf writes: workers, and clients that name a place.
record Holder(LeafSpec leaf, Restart restart, Action.Target target) {

  static List<Holder> of(Desired desired) {
    List<Holder> holders = new ArrayList<>();
    for (WorkerSpec worker : desired.workers()) {
      holders.add(
          new Holder(
              leaf(desired, worker.leaf()),
              worker.restart(),
              new Action.Target(
                  worker.name(),
                  worker.place(),
                  List.of(worker.namespace()),
                  restarted(worker),
                  worker.taskQueue())));
    }
    for (ClientSpec client : desired.clients()) {
      LeafSpec leaf = leaf(desired, client.leaf());
      client
          .place()
          .ifPresent(place ->
              holders.add(
                  new Holder(
                      leaf,
                      Restart.NONE,
                      new Action.Target(
                          client.name(),
                          place,
                          accepting(desired, leaf.ca()),
                          Optional.empty(),
                          Optional.empty()))));
    }
    return holders;
  }

  /// Pods that reload by themselves may be older than their leaf, so nobody looks at them.
  private static Optional<WorkerRef> restarted(WorkerSpec worker) {
    return worker.deployment().filter(_ -> worker.restart() != Restart.NONE);
  }

  static LeafSpec leaf(Desired desired, String name) {
    return desired.leaves().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("leaf '" + name + "' was checked at load"));
  }

  static List<String> accepting(Desired desired, String ca) {
    return desired.namespaces().stream()
        .filter(n -> n.cas().contains(ca))
        .map(NamespaceSpec::name)
        .toList();
  }
}
