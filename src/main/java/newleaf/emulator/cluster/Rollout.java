package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the Deployment controller does next for one Deployment: which pods to delete and how many
/// to create. Kubernetes' rules (deployment/rolling.go), with the pods of all old ReplicaSets taken
/// together.
///
/// @param current pods of the ReplicaSet with today's template, not terminating
/// @param old pods of earlier templates, not terminating
/// @param ending a pod of an earlier template is still there, terminating
record Rollout(Doc deployment, List<Doc> current, List<Doc> old, boolean ending) {

  /// @param create pods of today's template
  record Next(int create, List<Doc> delete) {}

  Next next() {
    int wanted = (int) deployment.number(1, "spec", "replicas");
    if (deployment.flag("spec", "paused")) {
      return scaleOnly(wanted);
    }
    if (deployment.text("spec", "strategy", "type").equals("Recreate")) {
      boolean wait = !old.isEmpty() || ending;
      return wait ? new Next(0, old) : new Next(wanted - current.size(), surplus(wanted));
    }
    int most = wanted + surge(wanted);
    int total = current.size() + old.size();
    int create = Math.max(0, Math.min(wanted - current.size(), most - total));
    List<Doc> delete = new ArrayList<>(surplus(wanted));
    delete.addAll(replaceable(wanted));
    return new Next(create, delete);
  }

  /// A paused roll-out replaces nothing; with pods of an old template it is only scaled down.
  private Next scaleOnly(int wanted) {
    List<Doc> all = new ArrayList<>(old);
    all.addAll(current);
    int more = wanted - all.size();
    return new Next(old.isEmpty() ? Math.max(0, more) : 0, all.subList(0, Math.max(0, -more)));
  }

  private List<Doc> surplus(int wanted) {
    return leastUseful(current).subList(0, Math.max(0, current.size() - wanted));
  }

  /// Old pods that may go now: those that are not ready, and ready ones above the minimum.
  private List<Doc> replaceable(int wanted) {
    int unavailable = bound("maxUnavailable", wanted, false);
    if (unavailable == 0 && surge(wanted) == 0) {
      unavailable = 1; // else it could not begin
    }
    int least = Math.max(0, wanted - unavailable);
    int readyNow = ready(current) + ready(old);
    int newNotReady = current.size() - ready(current);
    int spare = current.size() + old.size() - least - newNotReady;
    List<Doc> found = new ArrayList<>();
    for (Doc pod : leastUseful(old)) {
      boolean counts = PodStatus.ready(pod);
      if (found.size() < spare && (!counts || readyNow > least)) {
        found.add(pod);
        readyNow -= counts ? 1 : 0;
      }
    }
    return found;
  }

  private int surge(int wanted) {
    return bound("maxSurge", wanted, true);
  }

  private int bound(String name, int wanted, boolean up) {
    String percent = deployment.text("spec", "strategy", "rollingUpdate", name);
    if (percent.endsWith("%")) {
      double share = Integer.parseInt(percent.replace("%", "")) * wanted / 100.0;
      return (int) (up ? Math.ceil(share) : Math.floor(share));
    }
    return (int) deployment.number(0, "spec", "strategy", "rollingUpdate", name);
  }

  private static int ready(List<Doc> pods) {
    return (int) pods.stream().filter(PodStatus::ready).count();
  }

  /// Pods that are not ready first, then the youngest, as the ReplicaSet controller ranks them.
  private static List<Doc> leastUseful(List<Doc> pods) {
    return pods.stream()
        .sorted(
            Comparator.comparing(PodStatus::ready)
                .thenComparing(
                    Comparator.comparing((Doc p) -> p.text("metadata", "creationTimestamp"))
                        .reversed()))
        .toList();
  }
}
