package newleaf.kube;

import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;

/// Which workloads a HorizontalPodAutoscaler scales. Only a remark depends on it, so whoever may
/// not list them goes without.
///
/// @param names by workload, without the cluster that these all are in
record Autoscalers(Map<WorkerRef, String> names) {

  static Autoscalers of(KubeConnection connection, List<String> namespaces) {
    Map<WorkerRef, String> names = new HashMap<>();
    for (List<HorizontalPodAutoscaler> some :
        connection.each(namespaces, n -> list(connection, n))) {
      for (HorizontalPodAutoscaler one : some) {
        CrossVersionObjectReference target = one.getSpec().getScaleTargetRef();
        for (WorkloadKind kind : WorkloadKind.values()) {
          if (kind.noun().equalsIgnoreCase(target.getKind())) {
            names.put(
                new WorkerRef(kind, one.getMetadata().getNamespace(), target.getName()),
                one.getMetadata().getName());
          }
        }
      }
    }
    return new Autoscalers(names);
  }

  private static List<HorizontalPodAutoscaler> list(KubeConnection connection, String namespace) {
    return connection
        .callIfAllowed(
            "listing the autoscalers of namespace " + namespace,
            () ->
                Pages.all(
                    connection
                        .client()
                        .autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(namespace)))
        .orElse(List.of());
  }

  Optional<String> of(WorkerRef worker) {
    return Optional.ofNullable(names.get(worker.in(Optional.empty())));
  }
}
