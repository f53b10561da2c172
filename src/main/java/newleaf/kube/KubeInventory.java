package newleaf.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import newleaf.NewleafException;
import newleaf.adopt.Cluster;
import newleaf.adopt.Cluster.FoundOther;
import newleaf.adopt.Cluster.FoundSecret;
import newleaf.adopt.Cluster.FoundWorkload;
import newleaf.cert.LeafPair;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.observed.WorkloadKind;

/// Lists the TLS Secrets of a cluster and what mounts them. Of private keys it is only seen whether
/// they fit.
public final class KubeInventory implements Cluster {
  private static final Map<String, String> TLS = Map.of("type", "kubernetes.io/tls");

  /// Owners of pods that are workloads, or parts of one.
  private static final Set<String> LISTED =
      Set.of("replicaset", WorkloadKind.STATEFUL_SET.noun(), WorkloadKind.DAEMON_SET.noun());

  private final KubeConnection connection;
  private final List<String> namespaces;

  /// @param namespaces of Kubernetes to look into; none for all
  public KubeInventory(KubeConnection connection, List<String> namespaces) {
    this.connection = connection;
    this.namespaces = List.copyOf(namespaces);
  }

  @Override
  public List<FoundSecret> secrets() {
    return listed("Secrets", connection.client().secrets(), TLS).stream()
        .map(KubeInventory::found)
        .toList();
  }

  @Override
  public List<FoundWorkload> workloads() {
    var apps = connection.client().apps();
    List<FoundWorkload> found = new ArrayList<>();
    listed("Deployments", apps.deployments(), Map.of())
        .forEach(d -> found.add(found(WorkloadKind.DEPLOYMENT, d, d.getSpec().getTemplate())));
    listed("StatefulSets", apps.statefulSets(), Map.of())
        .forEach(s -> found.add(found(WorkloadKind.STATEFUL_SET, s, s.getSpec().getTemplate())));
    listed("DaemonSets", apps.daemonSets(), Map.of())
        .forEach(d -> found.add(found(WorkloadKind.DAEMON_SET, d, d.getSpec().getTemplate())));
    for (GenericKubernetesResource rollout : rollouts()) {
      WorkloadReading read = new Workloads(connection).rollout(rollout);
      found.add(found(WorkloadKind.ROLLOUT, rollout, read.template()));
    }
    return found;
  }

  /// None in a cluster without Argo Rollouts, nor for whoever may not see them.
  private List<GenericKubernetesResource> rollouts() {
    try {
      return listed(
          "Rollouts", connection.client().genericKubernetesResources(Workloads.ROLLOUTS), Map.of());
    } catch (NewleafException e) {
      if (e.getCause() instanceof KubernetesClientException cause
          && (cause.getCode() == 404 || cause.getCode() == 403)) {
        return List.of();
      }
      throw e;
    }
  }

  /// Their pods tell of them, whatever kinds the cluster knows. Those of a ReplicaSet are a
  /// Deployment's, unless an Argo Rollout made it.
  @Override
  public List<FoundOther> others() {
    return listed("Pods", connection.client().pods(), Map.of()).stream()
        .map(KubeInventory::other)
        .filter(other -> !LISTED.contains(other.kind()) && !other.secrets().isEmpty())
        .distinct()
        .toList();
  }

  private static FoundOther other(Pod pod) {
    ObjectMeta metadata = pod.getMetadata();
    Optional<OwnerReference> owner =
        metadata.getOwnerReferences().stream()
            .filter(o -> Boolean.TRUE.equals(o.getController()))
            .findFirst();
    return new FoundOther(
        owner.map(o -> o.getKind().toLowerCase(Locale.ROOT)).orElse("pod"),
        metadata.getNamespace(),
        owner.map(OwnerReference::getName).orElse(metadata.getName()),
        MountedSecrets.of(pod.getSpec()));
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> listed(
      String what, MixedOperation<T, L, ? extends Resource<T>> all, Map<String, String> fields) {
    if (namespaces.isEmpty()) {
      return connection.call(
          "listing the " + what + " of all namespaces (--kube-namespace names some)",
          () -> Pages.all(all.inAnyNamespace().withFields(fields)));
    }
    return namespaces.stream()
        .distinct()
        .flatMap(namespace ->
            connection
                .call(
                    "listing the " + what + " of namespace " + namespace,
                    () -> Pages.all(all.inNamespace(namespace).withFields(fields)))
                .stream())
        .toList();
  }

  private static FoundSecret found(Secret secret) {
    LeafPair pair = TlsSecret.pair(secret);
    Optional<String> problem =
        pair instanceof LeafPair.Broken(_, var why) ? Optional.of(why) : Optional.empty();
    return new FoundSecret(
        new LeafPlace.Secret(secret.getMetadata().getNamespace(), secret.getMetadata().getName()),
        pair.certificate(),
        problem,
        SecretOwner.of(secret));
  }

  private static FoundWorkload found(
      WorkloadKind kind, HasMetadata workload, PodTemplateSpec template) {
    ObjectMeta metadata = workload.getMetadata();
    return new FoundWorkload(
        new WorkerRef(kind, metadata.getNamespace(), metadata.getName()),
        MountedSecrets.of(template.getSpec()),
        WorkloadOwner.of(metadata));
  }
}
