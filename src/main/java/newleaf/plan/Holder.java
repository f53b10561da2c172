package newleaf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.desired.ClientSpec;
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

  static List<Holder> of(Wanted wanted) {
    List<Holder> holders = new ArrayList<>();
    for (WorkerSpec worker : wanted.desired.workers()) {
      holders.add(
          new Holder(
              wanted.leaf(worker.leaf()),
              worker.restart(),
              worker.workload(),
              new Action.Target(
                  worker.name(),
                  worker.place(),
                  List.of(worker.namespace()),
                  restarted(worker),
                  worker.taskQueue())));
    }
    for (ClientSpec client : wanted.desired.clients()) {
      LeafSpec leaf = wanted.leaf(client.leaf());
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
                          wanted.accepting(leaf.ca()).stream().map(NamespaceSpec::name).toList(),
                          Optional.empty(),
                          Optional.empty()))));
    }
    return holders;
  }

  /// As `of`, with clients only where their leaf is let in: they may connect to every namespace
  /// that accepts the CA, and need not. One that is let in nowhere keeps all of them.
  static List<Holder> of(Survey survey) {
    return of(survey.wanted).stream().map(h -> h.whereLetIn(survey)).toList();
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
        survey.wanted.namespace(namespace).flatMap(NamespaceSpec::filters).orElse(now);
    return CertificateFilter.anyMatches(then, coming)
        || found.filter(c -> CertificateFilter.anyMatches(now, c)).isPresent();
  }

  /// Pods that reload by themselves may be older than their leaf, so nobody looks at them.
  private static Optional<WorkerRef> restarted(WorkerSpec worker) {
    return worker.workload().filter(_ -> worker.restart() != Restart.NONE);
  }
}
