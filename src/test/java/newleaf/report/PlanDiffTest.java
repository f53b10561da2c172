package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private static final List<Step> STEPS = Samples.NORMAL.steps();

  private static Plan plan(List<Step> steps, Gate... gates) {
    return Plans.of(steps, List.of(gates), Optional.empty());
  }

  private static Gate soak(Duration duration, boolean opened) {
    return new Gate.Soak(
        "soak/ca/x-g1",
        List.of("s1"),
        List.of("s2"),
        duration,
        opened ? Optional.of(Samples.NOW) : Optional.empty());
  }

  @Test
  void plansThatDoTheSameDoNotDiffer() {
    assertThat(PlanDiff.of(plan(STEPS), plan(STEPS))).isEmpty();
    assertThat(
            PlanDiff.of(
                plan(STEPS, soak(Duration.ofMinutes(9), false)),
                plan(STEPS, soak(Duration.ofMinutes(9), true))))
        .isEmpty();
    List<Step> otherReasons =
        STEPS.stream()
            .map(s -> Samples.step(s.id(), s.rotation(), s.action(), new Reason.Missing()))
            .toList();
    assertThat(PlanDiff.of(plan(STEPS), plan(otherReasons))).isEmpty();
  }

  @Test
  void stepThatIsGoneIsShownAsSuch() {
    List<Step> less = new ArrayList<>(STEPS);
    less.remove(6);
    assertThat(PlanDiff.of(plan(STEPS), plan(less)))
        .startsWith("--- the plan that was expected\n+++ the plan as of now\n@@ ")
        .contains("-s7 roll deployment/temporal-booking/temporal-booking\n")
        .doesNotContain("\n+s");
  }

  @Test
  void longerSoakIsShown() {
    assertThat(
            PlanDiff.of(
                plan(STEPS, soak(Duration.ofMinutes(9), false)),
                plan(STEPS, soak(Duration.ofHours(1), false))))
        .contains("-gate soak/ca/x-g1: 9m, after s1, before s2")
        .contains("+gate soak/ca/x-g1: 1h, after s1, before s2");
  }

  @Test
  void plansThatReadAlikeDifferInWhatApplyNeeds() {
    List<Step> other = new ArrayList<>(STEPS);
    Action.TrustCa trust = (Action.TrustCa) STEPS.get(1).action();
    Action changed =
        new Action.TrustCa(
            trust.namespace(),
            trust.ca(),
            trust.replaces(),
            trust.expired(),
            trust.probe(),
            List.of());
    other.set(1, Samples.step("s2", "booking", changed, STEPS.get(1).reason()));
    assertThat(PlanDiff.of(plan(STEPS), plan(other)))
        .contains("-  \"in_use\" : [", "+  \"in_use\"");
  }

  @Test
  void hostileNamesForgeNoLineOfADiff() {
    String diff = PlanDiff.of(plan(STEPS), plan(new Samples("a\n+s9 retire x\u001b[2J").steps()));
    assertThat(diff.lines()).noneMatch(l -> l.startsWith("+s9 retire x"));
    assertThat(diff).doesNotContain("\u001b");
  }
}
