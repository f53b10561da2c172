package newleaf.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

/// Restarts workloads by one merge patch each. A rolling update leaves `spec.replicas` alone: an
/// autoscaler may own it.
public final class KubeRolls implements WorkerRolls {
  /// The status of a workload that is rolling changes its version several times a second.
  private static final int ATTEMPTS = 8;

  private final KubeConnection connection;
  private final KubeWorkers workers;
  private final Workloads workloads;
  private final Fence fence;
  private final InstantSource clock;

  public KubeRolls(KubeConnection connection, InstantSource clock) {
    this(connection, clock, Fence.NONE);
  }

  /// @param fence asked each time before something is patched: a scaling that arrives after
  ///   somebody else has taken over would stop workers that nobody starts again
  public KubeRolls(KubeConnection connection, InstantSource clock, Fence fence) {
    this.connection = connection;
    this.clock = clock;
    this.fence = fence;
    this.workers = new KubeWorkers(connection);
    this.workloads = new Workloads(connection);
  }

  @Override
  public void roll(WorkerRef worker, Fingerprint leaf) {
    WorkloadReading found = writable(worker);
    restart(worker, found, leaf).ifPresent(json -> patch(worker, json));
  }

  private Optional<String> restart(WorkerRef worker, WorkloadReading found, Fingerprint leaf) {
    return switch (found) {
      case RolloutReading rollout -> restartAt(rollout, leaf);
      case DeploymentReading _, StatefulSetReading _, DaemonSetReading _ ->
          Optional.of("{\"spec\":{" + mark(worker, leaf) + "}}");
    };
  }

  /// Its controller restarts what was created before that time, and Kubernetes counts in seconds: a
  /// pod of this second may be older than the leaf.
  private Optional<String> restartAt(RolloutReading rollout, Fingerprint leaf) {
    if (rollout.restartAt().isPresent()
        && Annotations.leaf(rollout.metadata()).equals(Optional.of(leaf))) {
      return Optional.empty();
    }
    Instant next = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return Optional.of(
        """
        {"metadata":{"annotations":{"%s":"%s"}},"spec":{"restartAt":"%s"}}\
        """
            .formatted(Annotations.LEAF, leaf.value(), next));
  }

  @Override
  public void scaleToZero(WorkerRef worker, Fingerprint leaf) {
    onFreshVersion(
        worker,
        found -> {
          Optional<String> kept = Annotations.of(found.metadata(), Annotations.REPLICAS);
          // 0 must not overwrite the count that an interrupted run wrote down
          String count =
              found.replicas() > 0 ? Integer.toString(found.replicas()) : kept.orElse("0");
          return Optional.of(zero(worker, found, count, leaf));
        });
  }

  private static String zero(
      WorkerRef worker, WorkloadReading found, String count, Fingerprint leaf) {
    String mark = worker.kind().marksPods() ? "," + mark(worker, leaf) : "";
    return """
    {"metadata":{"resourceVersion":"%s","annotations":{"%s":"%s"}},"spec":{"replicas":0%s}}\
    """
        .formatted(version(found), Annotations.REPLICAS, count, mark);
  }

  @Override
  public void scaleBack(WorkerRef worker) {
    onFreshVersion(
        worker,
        found ->
            Annotations.of(found.metadata(), Annotations.REPLICAS)
                .map(count -> back(worker, found, count)));
  }

  private static String back(WorkerRef worker, WorkloadReading found, String count) {
    if (!Annotations.isCount(count)) {
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
        .formatted(version(found), Annotations.REPLICAS, count);
  }

  @Override
  public ObservedWorker look(WorkerRef worker, LeafPlace leaf) {
    return workers.read(worker, leaf);
  }

  private static String version(WorkloadReading found) {
    return found.metadata().getResourceVersion();
  }

  private static String mark(WorkerRef worker, Fingerprint leaf) {
    if (!worker.kind().marksPods()) {
      throw new IllegalArgumentException(worker.address() + " has a template that must stay");
    }
    return """
    "template":{"metadata":{"annotations":{"%s":"%s"}}}\
    """
        .formatted(Annotations.LEAF, leaf.value());
  }

  /// @throws NewleafException Stale when it is not there, Refused when a controller owns it
  private WorkloadReading writable(WorkerRef worker) {
    WorkloadReading found = workloads.read(worker).orElseThrow(() -> missing(worker));
    WorkloadOwner.of(found.metadata())
        .ifPresent(owner -> {
          throw new NewleafException(
              new Failure.Refused(
                  new Explanation(
                      "NL4020",
                      worker.address(),
                      "it belongs to "
                          + owner
                          + ", which would write it back; nothing was changed.",
                      "Restart it there, and write restart: none for its workers.")));
        });
    return found;
  }

  /// Patches on what was just read, and again when it changed in between.
  private void onFreshVersion(
      WorkerRef worker, Function<WorkloadReading, Optional<String>> change) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<String> patch = change.apply(writable(worker));
      if (patch.isEmpty() || patch(worker, patch.get())) {
        return;
      }
    }
    throw new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL4007",
                worker.address(),
                "the %s changed between reading and writing, %d times."
                    .formatted(worker.kind().word(), ATTEMPTS),
                "Find out who keeps changing it, then run again.")));
  }

  /// False when the version in the patch is no longer the current one.
  private boolean patch(WorkerRef worker, String json) {
    fence.check();
    return connection.call(
        "patching " + worker.address(),
        () -> {
          try {
            workloads.patch(worker, json);
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

  private static NewleafException missing(WorkerRef worker) {
    return new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL4006",
                worker.address(),
                "there is no such %s, so its workers can not be restarted."
                    .formatted(worker.kind().word()),
                "Correct the name in the YAML, then: newleaf plan")));
  }
}
