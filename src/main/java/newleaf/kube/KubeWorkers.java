package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Reads workloads and their pods.
public final class KubeWorkers implements Workers {
  private final KubeConnection connection;
  private final Workloads workloads;

  public KubeWorkers(KubeConnection connection) {
    this.connection = connection;
    this.workloads = new Workloads(connection);
  }

  @Override
  public List<ObservedWorker> read(Collection<Question> questions) {
    Autoscalers autoscalers =
        Autoscalers.of(
            connection, questions.stream().map(q -> q.worker().namespace()).distinct().toList());
    return connection.each(questions, q -> read(q.worker(), q.leaf(), autoscalers.of(q.worker())));
  }

  /// Without asking for autoscalers.
  ObservedWorker read(WorkerRef worker, LeafPlace leaf) {
    return read(worker, leaf, Optional.empty());
  }

  private ObservedWorker read(WorkerRef worker, LeafPlace leaf, Optional<String> autoscaler) {
    return workloads
        .read(worker)
        .map(w -> new WorkerReading(worker, w, pods(worker, w)).observed(leaf, autoscaler))
        .orElseGet(() -> ObservedWorker.missing(worker));
  }

  private List<Pod> pods(WorkerRef worker, WorkloadReading workload) {
    LabelSelector selector = workload.selector();
    if (selector.getMatchLabels().isEmpty() && selector.getMatchExpressions().isEmpty()) {
      return List.of(); // it would select every pod of the namespace
    }
    return connection.call(
        "listing the pods of " + worker.address(),
        () ->
            connection
                .client()
                .pods()
                .inNamespace(worker.namespace())
                .withLabelSelector(selector)
                .list()
                .getItems());
  }
}
