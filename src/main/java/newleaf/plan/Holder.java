package newleaf.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.desired.ClientSpec;
import newleaf.desired.Desired;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace;
import newleaf.observed.WorkerRef;

/// Whoever loads a leaf from a place that newleaf writes: workers, and clients that name a place.
///
/// @param worker the workload of a worker, also when nobody restarts it
record Holder(LeafSpec leaf, Restart restart, Optional<WorkerRef> worker, Action.Target target) {

  static List<Holder> of(Desired desired) {
    Map<String, LeafSpec> leaves = byName(desired);
    Map<String, List<String>> accepting = accepting(desired);
    List<Holder> holders = new ArrayList<>();
    for (WorkerSpec worker : desired.workers()) {
      holders.add(
          new Holder(
              leaf(leaves, worker.leaf()),
              worker.restart(),
              worker.workload(),
              new Action.Target(
                  worker.name(),
                  worker.place(),
                  List.of(worker.namespace()),
                  restarted(worker),
                  worker.taskQueue())));
    }
    for (ClientSpec client : desired.clients()) {
      LeafSpec leaf = leaf(leaves, client.leaf());
      client
          .place()
          .ifPresent(place ->
              holders.add(
                  new Holder(
                      leaf,
                      Restart.NONE,
                      Optional.empty(),
                      new Action.Target(
                          client.name(),
                          place,
                          accepting.getOrDefault(leaf.ca(), List.of()),
                          Optional.empty(),
                          Optional.empty()))));
    }
    return holders;
  }

  /// As `of`, with clients only where their leaf is let in: they may connect to every namespace
  /// that accepts the CA, and need not. One that is let in nowhere keeps all of them.
  static List<Holder> of(Survey survey) {
    return of(survey.desired).stream().map(h -> h.whereLetIn(survey)).toList();
  }

  private Holder whereLetIn(Survey survey) {
    if (target.namespaces().size() < 2) {
      return this;
    }
    Certificate coming = KnownLeaf.preview(leaf.profile());
    Optional<Certificate> found = survey.leaf(target.place()).flatMap(ObservedLeaf::certificate);
    List<String> namespaces =
        target.namespaces().stream().filter(n -> letIn(survey, n, coming, found)).toList();
    if (namespaces.isEmpty()) {
      return this;
    }
    Action.Target narrowed =
        new Action.Target(
            target.name(), target.place(), namespaces, target.deployment(), target.taskQueue());
    return new Holder(leaf, restart, worker, narrowed);
  }

  /// The leaf to come by the filters to come, or the leaf there is by those there are.
  private static boolean letIn(
      Survey survey, String namespace, Certificate coming, Optional<Certificate> found) {
    List<CertificateFilter> now =
        survey.namespace(namespace).map(ObservedNamespace::filters).orElse(List.of());
    List<CertificateFilter> then =
        survey.spec(namespace).flatMap(NamespaceSpec::filters).orElse(now);
    return CertificateFilter.anyMatches(then, coming)
        || found.filter(c -> CertificateFilter.anyMatches(now, c)).isPresent();
  }

  /// Pods that reload by themselves may be older than their leaf, so nobody looks at them.
  private static Optional<WorkerRef> restarted(WorkerSpec worker) {
    return worker.workload().filter(_ -> worker.restart() != Restart.NONE);
  }

  private static Map<String, LeafSpec> byName(Desired desired) {
    Map<String, LeafSpec> leaves = new HashMap<>();
    desired.leaves().forEach(leaf -> leaves.put(leaf.name(), leaf));
    return leaves;
  }

  private static LeafSpec leaf(Map<String, LeafSpec> leaves, String name) {
    return Optional.ofNullable(leaves.get(name))
        .orElseThrow(() -> new IllegalStateException("leaf '" + name + "' was checked at load"));
  }

  private static Map<String, List<String>> accepting(Desired desired) {
    Map<String, List<String>> accepting = new HashMap<>();
    for (NamespaceSpec namespace : desired.namespaces()) {
      Set.copyOf(namespace.cas())
          .forEach(
              ca -> accepting.computeIfAbsent(ca, _ -> new ArrayList<>()).add(namespace.name()));
    }
    return accepting;
  }
}
