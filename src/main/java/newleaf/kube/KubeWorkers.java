package newleaf.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return new ByNamespace(connection)
        .answers(
            questions,
            q -> q.worker().namespace(),
            some -> readListed(some, autoscalers),
            q -> read(q.worker(), q.leaf(), autoscalers.of(q.worker())));
  }

  /// @param questions about one namespace
  private Map<Question, ObservedWorker> readListed(
      List<Question> questions, Autoscalers autoscalers) {
    Map<WorkerRef, WorkloadReading> listed =
        workloads.listed(questions.stream().map(Question::worker).toList());
    if (listed.isEmpty()) {
      return Map.of();
    }
    List<Pod> pods = pods(questions.getFirst().worker().namespace());
    Map<Question, ObservedWorker> found = new HashMap<>();
    for (Question q : questions) {
      Optional.ofNullable(listed.get(q.worker()))
          .map(w -> new WorkerReading(q.worker(), w, among(pods, w.selector())))
          .ifPresent(r -> found.put(q, r.observed(q.leaf(), autoscalers.of(q.worker()))));
    }
    return found;
  }

  private List<Pod> pods(String namespace) {
    return connection.call(
        "listing the pods of namespace " + namespace,
        () -> Pages.all(connection.client().pods().inNamespace(namespace)));
  }

  private static List<Pod> among(List<Pod> pods, LabelSelector selector) {
    return isEmpty(selector)
        ? List.of()
        : pods.stream().filter(new PodSelection(selector)::matches).toList();
  }

  /// It would select every pod of the namespace.
  private static boolean isEmpty(LabelSelector selector) {
    return selector.getMatchLabels().isEmpty() && selector.getMatchExpressions().isEmpty();
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
    if (isEmpty(selector)) {
      return List.of();
    }
    return connection.call(
        "listing the pods of " + worker.address(),
        () ->
            Pages.all(
                connection
                    .client()
                    .pods()
                    .inNamespace(worker.namespace())
                    .withLabelSelector(selector)));
  }
}
