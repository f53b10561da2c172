package newleaf.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;

/// Where each kind of workload lies in the API.
record Workloads(KubeConnection connection) {
  static final ResourceDefinitionContext ROLLOUTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Rollout")
          .withPlural("rollouts")
          .withNamespaced(true)
          .build();

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Annotations.FIELD_MANAGER)
          .build();

  Optional<WorkloadReading> read(WorkerRef worker) {
    return connection.call("reading " + worker.address(), () -> get(worker));
  }

  private Optional<WorkloadReading> get(WorkerRef worker) {
    KubernetesClient client = connection.client();
    return switch (worker.kind()) {
      case DEPLOYMENT -> get(client.apps().deployments(), worker).map(DeploymentReading::new);
      case STATEFUL_SET -> get(client.apps().statefulSets(), worker).map(StatefulSetReading::new);
      case DAEMON_SET -> get(client.apps().daemonSets(), worker).map(DaemonSetReading::new);
      case ROLLOUT -> get(client.genericKubernetesResources(ROLLOUTS), worker).map(this::rollout);
    };
  }

  /// Those that can be listed and are there, all of one namespace. Rollouts are read one by one.
  Map<WorkerRef, WorkloadReading> listed(List<WorkerRef> workers) {
    var apps = connection.client().apps();
    Map<WorkerRef, WorkloadReading> found = new HashMap<>();
    list(WorkloadKind.DEPLOYMENT, workers, apps.deployments(), DeploymentReading::new, found);
    list(WorkloadKind.STATEFUL_SET, workers, apps.statefulSets(), StatefulSetReading::new, found);
    list(WorkloadKind.DAEMON_SET, workers, apps.daemonSets(), DaemonSetReading::new, found);
    return found;
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> void list(
      WorkloadKind kind,
      List<WorkerRef> workers,
      MixedOperation<T, L, ? extends Resource<T>> all,
      Function<T, WorkloadReading> reading,
      Map<WorkerRef, WorkloadReading> found) {
    List<WorkerRef> some = workers.stream().filter(w -> w.kind() == kind).distinct().toList();
    if (ByNamespace.isMany(some)) {
      String namespace = some.getFirst().namespace();
      Map<String, T> byName =
          new ByNamespace(connection)
              .listed(
                  "listing the %ss of namespace %s".formatted(kind.word(), namespace),
                  () -> Pages.all(all.inNamespace(namespace)));
      for (WorkerRef worker : some) {
        Optional.ofNullable(byName.get(worker.name()))
            .ifPresent(w -> found.put(worker, reading.apply(w)));
      }
    }
  }

  private static <T extends HasMetadata> Optional<T> get(
      MixedOperation<T, ?, ? extends Resource<T>> all, WorkerRef worker) {
    return Optional.ofNullable(all.inNamespace(worker.namespace()).withName(worker.name()).get());
  }

  /// A Rollout may leave its pods' template in a Deployment that has no pods of its own.
  RolloutReading rollout(GenericKubernetesResource rollout) {
    if (rollout.get("spec", "workloadRef", "name") instanceof String name
        && "Deployment".equals(rollout.get("spec", "workloadRef", "kind"))) {
      Optional<Deployment> there =
          get(
              connection.client().apps().deployments(),
              WorkerRef.deployment(rollout.getMetadata().getNamespace(), name));
      if (there.isPresent()) {
        return new RolloutReading(
            rollout, there.get().getSpec().getTemplate(), there.get().getSpec().getSelector());
      }
    }
    return new RolloutReading(
        rollout,
        part(rollout, "template", PodTemplateSpec.class).orElseGet(PodTemplateSpec::new),
        part(rollout, "selector", LabelSelector.class).orElseGet(LabelSelector::new));
  }

  private <T> Optional<T> part(GenericKubernetesResource rollout, String name, Class<T> type) {
    return Optional.<Object>ofNullable(rollout.get("spec", name))
        .map(p -> connection.client().getKubernetesSerialization().convertValue(p, type));
  }

  /// One merge patch.
  void patch(WorkerRef worker, String json) {
    KubernetesClient client = connection.client();
    switch (worker.kind()) {
      case DEPLOYMENT -> patch(client.apps().deployments(), worker, json);
      case STATEFUL_SET -> patch(client.apps().statefulSets(), worker, json);
      case DAEMON_SET -> patch(client.apps().daemonSets(), worker, json);
      case ROLLOUT -> patch(client.genericKubernetesResources(ROLLOUTS), worker, json);
    }
  }

  private static <T extends HasMetadata> void patch(
      MixedOperation<T, ?, ? extends Resource<T>> all, WorkerRef worker, String json) {
    all.inNamespace(worker.namespace()).withName(worker.name()).patch(MERGE, json);
  }
}
