package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.secret;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.desired.Restart;
import newleaf.observed.LeafPlace;
import newleaf.observed.Observed;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.Sweep;
import newleaf.observed.WorkerRef;
import org.junit.jupiter.api.Test;

/// What is special about a workload or a Secret, and what a plan makes of it.
class PlannerWorkloadsTest {
  private static final Duration CA_LEFT = Duration.ofDays(300);
  private static final Duration WINDOW = Duration.ofDays(5);
  private static final WorkerRef WORKER = TestWorld.deployment("worker");

  /// @param facts owner, pause, autoscaler
  private static TestWorld with(
      TestWorld world, int replicas, Optional<Integer> parked, String... facts) {
    ObservedWorker now = world.foundWorkers.get(WORKER);
    world.foundWorkers.put(
        WORKER,
        new ObservedWorker(
            WORKER,
            true,
            replicas,
            true,
            Optional.empty(),
            true,
            replicas == 0 ? List.of() : now.pods(),
            fact(facts[0]),
            parked,
            fact(facts[1]),
            fact(facts[2])));
    return world;
  }

  private static Optional<String> fact(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static TestWorld due(Restart restart) {
    return steady(CA_LEFT, WINDOW).worker("worker", "booking", NS, restart);
  }

  @Test
  void workloadThatWasLeftAtZeroIsBroughtBackHoweverItIsRestarted() {
    for (Restart restart : List.of(Restart.SCALE, Restart.ROLLING)) {
      TestWorld world =
          with(steady().worker("worker", "booking", NS, restart), 0, Optional.of(3), "", "", "");
      Plan plan = world.plan();
      assertThat(Lines.steps(plan)).containsExactly("s1 scale deployment/apps/worker LeftAtZero");
      assertThat(plan.steps().getFirst().reason()).isEqualTo(new Reason.LeftAtZero(3));
    }
  }

  @Test
  void workloadThatSomebodyScaledToZeroStaysThere() {
    for (Optional<Integer> parked : List.of(Optional.<Integer>empty(), Optional.of(0))) {
      assertThat(with(steady(), 0, parked, "", "", "").plan().isEmpty()).isTrue();
    }
    assertThat(with(steady(), 2, Optional.of(3), "", "", "").plan().isEmpty()).isTrue();
  }

  @Test
  void workloadOfAControllerBlocksItsRestartOnly() {
    assertThat(with(steady(), 2, Optional.empty(), "Operator x", "", "").plan().isEmpty()).isTrue();
    Plan plan = with(due(Restart.ROLLING), 2, Optional.empty(), "Operator x", "", "").plan();
    assertThat(Lines.blockers(plan)).containsExactly("NL5025 deployment/apps/worker");
    assertThat(plan.blockers().getFirst().text().what()).contains("belongs to Operator x");
  }

  @Test
  void restartThatLeavesNobodyAtWorkIsNoticed() {
    Plan plan = with(due(Restart.ROLLING), 2, Optional.empty(), "", "why", "").plan();
    assertThat(plan.notices())
        .containsExactly(
            new Notice(
                Notice.What.WORKERS_PAUSE, "deployment/apps/worker", "why", Optional.empty()));
    assertThat(with(due(Restart.SCALE), 2, Optional.empty(), "", "why", "").plan().notices())
        .isEmpty();
  }

  @Test
  void autoscalerIsNoticedWhereItRestsAndNowhereElse() {
    assertThat(with(due(Restart.SCALE), 2, Optional.empty(), "", "", "more").plan().notices())
        .containsExactly(
            new Notice(
                Notice.What.AUTOSCALER_RESTS, "deployment/apps/worker", "more", Optional.empty()));
    assertThat(with(due(Restart.ROLLING), 2, Optional.empty(), "", "", "more").plan().notices())
        .isEmpty();
  }

  @Test
  void secretThatCanNotBeWrittenBlocksBeforeAnythingIsTouched() {
    TestWorld world = due(Restart.ROLLING);
    ObservedLeaf now = world.foundLeaves.get(secret("worker"));
    world.foundLeaves.put(
        now.place(),
        new ObservedLeaf(
            now.place(),
            now.certificate(),
            now.issuedBy(),
            true,
            now.version(),
            now.writtenAt(),
            Optional.empty(),
            Optional.of("is immutable")));
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5026 secret/apps/worker-tls");
  }

  private static TestWorld moved() {
    TestWorld world =
        steady(Duration.ofDays(60), Duration.ofDays(25)).has("booking", 2, Duration.ofDays(365));
    return world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .holds("worker", "new", 2, Duration.ofDays(25))
        .runs("worker", "new");
  }

  private static Plan plan(TestWorld world, Sweep sweep) {
    Observed o = world.observed();
    Observed swept =
        new Observed(
            o.at(),
            o.namespaces(),
            o.cas(),
            o.leaves(),
            o.workers(),
            o.recorded(),
            Optional.of(sweep));
    return Planner.plan(world.desired(), swept, NOW);
  }

  private static Sweep sweep(TestWorld world, int generation, Duration left) {
    Certificate ca = world.ca("booking", generation);
    LeafPlace place = new LeafPlace.Secret("elsewhere", "tls");
    Certificate leaf = Facts.issued(world.leaves.get("booking"), "stray", ca, left);
    return new Sweep(9, Optional.empty(), List.of(new Sweep.Stray(place, leaf, ca.fingerprint())));
  }

  private static final String GATE = "undeclared/ca/booking-g1/secret/elsewhere/tls";

  @Test
  void undeclaredSecretWithALeafOfTheOldCaHoldsItsRemoval() {
    TestWorld world = moved();
    Plan plan = plan(world, sweep(world, 1, Duration.ofDays(9)));
    assertThat(Lines.gates(plan)).contains(GATE + " >s1");
    assertThat(plan.evidence().getFirst().others().orElseThrow().strays()).hasSize(1);
    assertThat(plan.steps().getFirst().terms().preconditions())
        .contains(
            new Precondition.NoOtherHolder(
                "ca/booking-g1", List.of(new LeafPlace.Secret("elsewhere", "tls"))));
  }

  @Test
  void undeclaredSecretOfTheNewCaOrWithAnExpiredLeafHoldsNothing() {
    TestWorld world = moved();
    for (Sweep sweep :
        List.of(sweep(world, 2, Duration.ofDays(9)), sweep(world, 1, Duration.ofDays(-1)))) {
      Plan plan = plan(world, sweep);
      assertThat(Lines.gates(plan)).noneMatch(g -> g.startsWith("undeclared"));
      assertThat(plan.evidence().getFirst().others()).map(Sweep::looked).contains(9);
    }
  }

  @Test
  void leafThatTheFiltersKeepOutAnywayHoldsNothing() {
    TestWorld world = moved().filteredBy(NS, Facts.commonName("somebody-else"));
    Plan plan = plan(world, sweep(world, 1, Duration.ofDays(9)));
    assertThat(Lines.gates(plan)).noneMatch(g -> g.startsWith("undeclared"));
  }
}
