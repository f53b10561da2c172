package newleaf.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import newleaf.cert.HeldCertificate;
import newleaf.plan.Blocker;
import newleaf.plan.Gate;
import newleaf.plan.Plan;

/// When nothing goes wrong any more and one operator is left alone, all that is due gets done, and
/// everything works.
final class Aftermath {
  private static final int RUNS = 60;

  /// Blockers that only a person can take away: the bundle is full.
  private static final Set<String> ALLOWED = Set.of("NL5004");

  private final World world;
  private final Operator operator;

  Aftermath(World world, Plant plant, Path state, SplittableRandom random) {
    this.world = world;
    this.operator = new Operator(world, plant, state, "last", random);
  }

  void check() {
    repair();
    Operator.End end = Operator.End.FAILED;
    for (int run = 1; run <= RUNS && !isOver(end); run++) {
      world.scheduler.sleep(Duration.ofMinutes(run == 1 ? 10 : 3));
      end = operator.once(Duration.ofHours(1));
    }
    if (world.law.breach().isPresent()) {
      return;
    }
    world.scheduler.sleep(Duration.ofMinutes(10));
    if (!isOver(end)) {
      throw world.law.broken("after %d runs there is no end: %s".formatted(RUNS, end));
    }
    world.law.countsAreKept();
    journalIsClosed();
    if (end == Operator.End.NOTHING_DUE) {
      everythingWorks();
    }
  }

  private void repair() {
    world.cloud.endEndless();
    world.workloads.values().forEach(Workload::repair);
  }

  private boolean isOver(Operator.End end) {
    return world.law.breach().isPresent()
        || end == Operator.End.NOTHING_DUE
        || end == Operator.End.WAITS && onlyClientsHold()
        || end == Operator.End.BLOCKED && allowed();
  }

  private boolean onlyClientsHold() {
    Optional<Plan> plan = operator.lastPlan();
    return plan.isPresent()
        && plan.get().gates().stream().anyMatch(Gate.Acknowledgement.class::isInstance)
        && plan.get().summary().runnableNow() == 0;
  }

  private boolean allowed() {
    return operator.lastPlan().stream()
        .flatMap(p -> p.blockers().stream())
        .map(Blocker::text)
        .allMatch(t -> ALLOWED.contains(t.code()));
  }

  private void journalIsClosed() {
    if (!operator.journal().unfinished().isEmpty()) {
      throw world.law.broken("steps are open in the journal at the end");
    }
  }

  private void everythingWorks() {
    for (Workload workload : world.workloads.values()) {
      String address = workload.ref().address();
      if (workload.kept.isPresent() || workload.replicas != workload.wanted) {
        throw world.law.broken(address + " was not scaled back");
      }
      if (!workload.settled()) {
        throw world.law.broken(address + " is not rolled out at the end");
      }
      Optional<HeldCertificate> leaf = world.places.current(workload.place());
      for (Pod pod : workload.pods) {
        if (pod.loaded.isPresent() && world.law.isMeddled(pod.loaded.get())) {
          // a Secret was edited, its pod restarted by itself, and the Secret was edited back: the
          // annotation says that it is on the leaf, and nothing that newleaf sees says otherwise
          continue;
        }
        if (!pod.loaded.equals(leaf)) {
          throw world.law.broken(pod.name + " is not on its leaf at the end");
        }
        if (pod.connected.isEmpty()) {
          throw world.law.broken(pod.name + " is not connected at the end");
        }
      }
    }
  }
}
