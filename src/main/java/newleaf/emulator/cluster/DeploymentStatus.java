package newleaf.emulator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The status of a Deployment, counted from its pods that are not terminating.
record DeploymentStatus(Doc deployment, List<Doc> current, List<Doc> old) {

  void write(Store store, Instant now) {
    Doc before = deployment.child("status");
    Doc counts = counts();
    boolean moved = !without(before).equals(without(counts));
    List<Doc> conditions = conditions(before, counts, moved, now);
    Doc status = counts.with(conditions, "conditions");
    store.edit(
        Key.of(Kind.DEPLOYMENT, deployment),
        d -> d.uid().equals(deployment.uid()) ? d.with(status, "status") : d);
  }

  private static Doc without(Doc status) {
    return status.without("conditions");
  }

  private Doc counts() {
    List<Doc> all = Stream.concat(current.stream(), old.stream()).toList();
    long ready = all.stream().filter(PodStatus::ready).count();
    return Doc.of("observedGeneration", deployment.number(0, "metadata", "generation"))
        .with((long) all.size(), "replicas")
        .with((long) current.size(), "updatedReplicas")
        .with(ready, "readyReplicas")
        .with(ready, "availableReplicas")
        .with(Math.max(0, wanted() - ready), "unavailableReplicas");
  }

  private long wanted() {
    return deployment.number(1, "spec", "replicas");
  }

  private List<Doc> conditions(Doc before, Doc counts, boolean moved, Instant now) {
    boolean available = counts.number(0, "availableReplicas") >= wanted();
    boolean complete =
        available
            && counts.number(0, "updatedReplicas") == wanted()
            && counts.number(0, "replicas") == wanted();
    Optional<Doc> progress =
        before.children("conditions").stream()
            .filter(c -> c.text("type").equals("Progressing"))
            .findFirst();
    List<Doc> conditions = new ArrayList<>();
    conditions.add(
        condition(
            "Available",
            available,
            available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"));
    conditions.add(
        progressing(complete, moved || progress.isEmpty() ? Optional.empty() : progress, now));
    return conditions;
  }

  /// @param since the condition while nothing has moved
  private Doc progressing(boolean complete, Optional<Doc> since, Instant now) {
    String updated =
        since
            .map(c -> c.text("lastUpdateTime"))
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    Duration limit = Duration.ofSeconds(deployment.number(600, "spec", "progressDeadlineSeconds"));
    boolean late = now.isAfter(Instant.parse(updated).plus(limit));
    if (deployment.flag("spec", "paused")) {
      return condition("Progressing", true, "DeploymentPaused").with(updated, "lastUpdateTime");
    }
    String reason =
        complete
            ? "NewReplicaSetAvailable"
            : late ? "ProgressDeadlineExceeded" : "ReplicaSetUpdated";
    return condition("Progressing", complete || !late, reason).with(updated, "lastUpdateTime");
  }

  private static Doc condition(String type, boolean status, String reason) {
    return Doc.of("type", type).with(status ? "True" : "False", "status").with(reason, "reason");
  }
}
