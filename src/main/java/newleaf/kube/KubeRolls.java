package newleaf.kube;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.WorkerRolls;
import newleaf.cert.Fingerprint;
import newleaf.journal.Fence;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;

/// Restarts Deployments by one merge patch each. A rolling update leaves `spec.replicas` alone: an
/// autoscaler may own it.
public final class KubeRolls implements WorkerRolls {
  /// The status of a Deployment that is rolling changes its version several times a second.
  private static final int ATTEMPTS = 8;

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Annotations.FIELD_MANAGER)
          .build();

  private final KubeConnection connection;
  private final KubeWorkers workers;
  private final Fence fence;

  public KubeRolls(KubeConnection connection) {
    this(connection, Fence.NONE);
  }

  /// @param fence asked each time before something is patched: a scaling that arrives after
  ///   somebody else has taken over would stop workers that nobody starts again
  public KubeRolls(KubeConnection connection, Fence fence) {
    this.connection = connection;
    this.fence = fence;
    this.workers = new KubeWorkers(connection);
  }

  @Override
  public void roll(WorkerRef worker, Fingerprint leaf) {
    patch(worker, "{\"spec\":{" + template(leaf) + "}}");
  }

  @Override
  public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
    onFreshVersion(
        worker,
        deployment -> {
          int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
          Optional<String> kept = Annotations.of(deployment.getMetadata(), Annotations.REPLICAS);
          // 0 must not overwrite the count that an interrupted run wrote down
          String count = replicas > 0 ? Integer.toString(replicas) : kept.orElse("0");
          return Optional.of(zero(deployment, count, leaf));
        });
  }

  private static String zero(Deployment deployment, String count, Fingerprint leaf) {
    return """
    {"metadata":{"resourceVersion":"%s","annotations":{"%s":"%s"}},
     "spec":{"replicas":0,%s}}\
    """
        .formatted(version(deployment), Annotations.REPLICAS, count, template(leaf));
  }

  @Override
  public void scaleBack(WorkerRef worker) {
    onFreshVersion(
        worker,
        deployment ->
            Annotations.of(deployment.getMetadata(), Annotations.REPLICAS)
                .map(count -> back(worker, deployment, count)));
  }

  private static String back(WorkerRef worker, Deployment deployment, String count) {
    if (!count.matches("[0-9]{1,6}")) {
      throw new NewleafException(
          new Failure.Refused(
              new Explanation(
                  "NL4008",
                  worker.address(),
                  "the annotation " + Annotations.REPLICAS + " is '" + count + "', not a number.",
                  "Set it to the replica count wanted and run again.")));
    }
    return """
    {"metadata":{"resourceVersion":"%s","annotations":{"%s":null}},"spec":{"replicas":%s}}\
    """
        .formatted(version(deployment), Annotations.REPLICAS, count);
  }

  @Override
  public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
    return workers.read(worker, leaf);
  }

  private static String version(Deployment deployment) {
    return deployment.getMetadata().getResourceVersion();
  }

  private static String template(Fingerprint leaf) {
    return """
    "template":{"metadata":{"annotations":{"%s":"%s"}}}\
    """
        .formatted(Annotations.LEAF, leaf.value());
  }

  /// Patches on what was just read, and again when it changed in between.
  private void onFreshVersion(WorkerRef worker, Function<Deployment, Optional<String>> change) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Deployment deployment =
          KubeWorkers.deployment(connection, worker).orElseThrow(() -> missing(worker));
      Optional<String> patch = change.apply(deployment);
      if (patch.isEmpty() || patch(worker, patch.get())) {
        return;
      }
    }
    throw new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL4007",
                worker.address(),
                "the Deployment changed between reading and writing, " + ATTEMPTS + " times.",
                "Find out who keeps changing it, then run again.")));
  }

  /// False when the version in the patch is no longer the current one.
  private boolean patch(WorkerRef worker, String json) {
    fence.check();
    return connection.call(
        "patching " + worker.address(),
        () -> {
          try {
            connection.client().resource(named(worker)).patch(MERGE, json);
            return true;
          } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
              case 409 -> false;
              case 404 -> throw missing(worker);
              default -> throw e;
            };
          }
        });
  }

  private static Deployment named(WorkerRef worker) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(worker.namespace())
        .withName(worker.deployment())
        .endMetadata()
        .build();
  }

  private static NewleafException missing(WorkerRef worker) {
    return new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL4006",
                worker.address(),
                "there is no such Deployment, so its workers can not be restarted.",
                "Correct the name in the YAML, then: newleaf plan")));
  }
}
