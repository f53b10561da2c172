package newleaf.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.observed.Workers;

/// Reads Deployments and their pods.
public final class KubeWorkers implements Workers {
  private final KubeConnection connection;

  public KubeWorkers(KubeConnection connection) {
    this.connection = connection;
  }

  @Override
  public List<ObservedWorker> read(Collection<Question> questions) {
    return connection.each(questions, q -> read(q.worker(), q.leaf()));
  }

  ObservedWorker read(WorkerRef worker, LeafPlace leaf) {
    return deployment(connection, worker)
        .map(d -> new DeploymentReading(d, pods(worker, d)).observed(worker, leaf))
        .orElseGet(
            () -> new ObservedWorker(worker, false, 0, false, Optional.empty(), false, List.of()));
  }

  static Optional<Deployment> deployment(KubeConnection connection, WorkerRef worker) {
    return connection.call(
        "reading " + worker.address(),
        () ->
            Optional.ofNullable(
                connection
                    .client()
                    .apps()
                    .deployments()
                    .inNamespace(worker.namespace())
                    .withName(worker.deployment())
                    .get()));
  }

  private List<Pod> pods(WorkerRef worker, Deployment deployment) {
    return connection.call(
        "listing the pods of " + worker.address(),
        () ->
            connection
                .client()
                .pods()
                .inNamespace(worker.namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems());
  }
}
