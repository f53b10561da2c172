package newleaf.emulator.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The status of a pod as kubelet writes it.
final class PodStatus {
  private PodStatus() {}

  static boolean ready(Doc pod) {
    return pod.children("status", "conditions").stream()
        .anyMatch(c -> c.text("type").equals("Ready") && c.text("status").equals("True"));
  }

  /// Not running, and why: `ContainerCreating`, `CrashLoopBackOff`.
  static Doc waiting(Doc pod, String reason, String message) {
    Doc state = Doc.of("waiting", Doc.of("reason", reason).with(message, "message"));
    return pod.with(conditions(false), "status", "conditions")
        .with(containers(pod, state, false), "status", "containerStatuses");
  }

  static Doc running(Doc pod, boolean ready, Instant startedAt) {
    String time = startedAt.truncatedTo(ChronoUnit.SECONDS).toString();
    Doc state = Doc.of("running", Doc.of("startedAt", time));
    Doc started =
        pod.at("status", "startTime").isPresent() ? pod : pod.with(time, "status", "startTime");
    return started
        .with("Running", "status", "phase")
        .with(conditions(ready), "status", "conditions")
        .with(containers(pod, state, ready), "status", "containerStatuses");
  }

  static Doc restarted(Doc pod, long times) {
    List<Doc> containers =
        pod.children("status", "containerStatuses").stream()
            .map(c -> c.with(times, "restartCount"))
            .toList();
    return pod.with(containers, "status", "containerStatuses");
  }

  private static List<Doc> conditions(boolean ready) {
    String status = ready ? "True" : "False";
    return List.of(
        Doc.of("type", "ContainersReady").with(status, "status"),
        Doc.of("type", "Ready").with(status, "status"));
  }

  private static List<Doc> containers(Doc pod, Doc state, boolean ready) {
    long restarts =
        pod.children("status", "containerStatuses").stream()
            .findFirst()
            .map(c -> c.number(0, "restartCount"))
            .orElse(0L);
    return pod.children("spec", "containers").stream()
        .map(c ->
            Doc.of("name", c.text("name"))
                .with(c.text("image"), "image")
                .with(c.text("image"), "imageID")
                .with(ready, "ready")
                .with(restarts, "restartCount")
                .with(state, "state"))
        .toList();
  }
}
