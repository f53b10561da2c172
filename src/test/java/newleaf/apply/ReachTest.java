package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import newleaf.journal.Entry;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static Reach reach(Scenario scenario, Plan plan, List<Step> part) {
    return Reach.of(plan, part, scenario.journal(), scenario.world().time);
  }

  private static Reach reach(Scenario scenario) {
    Plan plan = scenario.plan();
    return reach(scenario, plan, plan.steps());
  }

  @Test
  void stepsBehindAGateThatWaitsForOthersAreOutOfReachAndItsWaitHasNotBegun() {
    Scenario scenario = Scenario.of("ca-rollover");
    Reach reach = reach(scenario);
    assertThat(reach.steps()).extracting(Step::verb).doesNotContain("retire").hasSize(6);
    assertThat(reach.holding()).isEmpty();
    assertThat(scenario.journal().entries()).noneMatch(Entry.GateOpened.class::isInstance);
  }

  @Test
  void soakBeginsWhenItIsReachedAndIsOpenWhenItIsOver() {
    Scenario scenario = Scenario.of("ca-rollover");
    var _ = scenario.apply(Scenario.options("one", Duration.ZERO));
    Reach first = reach(scenario);
    assertThat(first.steps()).isEmpty();
    assertThat(first.holding()).extracting(Gate::id).containsExactly("soak/ca/booking-g1");
    assertThat(first.isDone()).isFalse();
    scenario.world().time.advanceTo(first.opens().orElseThrow());
    Reach later = reach(scenario);
    assertThat(later.steps()).extracting(Step::verb).containsExactly("retire");
    assertThat(later.holding()).isEmpty();
  }

  @Test
  void approvalHoldsUntilSomebodyGaveIt() {
    Scenario scenario = Scenario.of("ca-rollover", "retire: after-verify", "retire: manual");
    var _ = scenario.apply(Scenario.options("one", Duration.ZERO));
    scenario.world().time.pause(Duration.ofMinutes(11));
    Reach held = reach(scenario);
    assertThat(held.holding()).extracting(Gate::id).containsExactly("retire/ca/booking-g1");
    assertThat(held.opens()).isEmpty();
    scenario.journal().append(new Entry.Approved("retire/ca/booking-g1", "ana"));
    assertThat(reach(scenario).steps()).extracting(Step::verb).containsExactly("retire");
  }

  @Test
  void partThatNeedsStepsOfAnotherWaitsElsewhere() {
    Scenario scenario = Scenario.of("ca-rollover");
    Plan plan = scenario.plan();
    Reach reach =
        reach(scenario, plan, plan.steps().stream().filter(s -> s.verb().equals("roll")).toList());
    assertThat(reach.steps()).isEmpty();
    assertThat(reach.elsewhere()).isTrue();
    assertThat(reach.isDone()).isFalse();
  }

  @Test
  void nothingIsLeftOfAPartWithoutSteps() {
    Scenario scenario = Scenario.of("ca-rollover");
    assertThat(reach(scenario, scenario.plan(), List.of()).isDone()).isTrue();
  }

  private static boolean permits(Scenario scenario, Plan approved, Step step) {
    return Reach.permits(
        approved, step, scenario.journal()::recorded, scenario.world().time.instant());
  }

  @Test
  void stepOfAPlanIsPermittedOnceItsGatesAreOpen() {
    Scenario scenario = Scenario.of("ca-rollover");
    Plan plan = scenario.plan();
    Step retire = plan.steps().getLast();
    assertThat(permits(scenario, plan, plan.steps().getFirst())).isTrue();
    assertThat(permits(scenario, plan, retire)).isFalse();
    var _ = scenario.apply(Scenario.options("one", Duration.ZERO));
    assertThat(permits(scenario, plan, retire)).as("the soak has only begun").isFalse();
    scenario.world().time.pause(Duration.ofMinutes(11));
    assertThat(permits(scenario, plan, retire)).isTrue();
  }

  @Test
  void stepThatNoPlanHasIsNotPermitted() {
    Scenario scenario = Scenario.of("ca-rollover");
    Plan plan = scenario.plan();
    Plan other = Scenario.of("leaf-renewal").plan();
    assertThat(other.steps().stream().filter(s -> s.verb().equals("reissue")))
        .isNotEmpty()
        .noneMatch(step -> permits(scenario, plan, step));
    assertThat(permits(scenario, plan.without(Set.of("s1")), plan.steps().getFirst())).isFalse();
  }
}
