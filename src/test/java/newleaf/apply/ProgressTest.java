package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How far a step is can be seen while it runs.
class ProgressTest {
  private final List<ApplyEvent> events = new ArrayList<>();

  private void apply(Scenario scenario) {
    Applier applier =
        new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("one", Duration.ofHours(1)),
            events::add);
    Applier.Result result = applier.apply(scenario.plan());
    assertThat(result.waiting()).isEmpty();
  }

  private List<Progress> of(String verb) {
    return events.stream()
        .<Progress>mapMulti((event, out) -> {
          if (event instanceof ApplyEvent.Progressed(var step, var progress)
              && step.verb().equals(verb)) {
            out.accept(progress);
          }
        })
        .toList();
  }

  @Test
  void thePlanIsToldBeforeItsFirstStep() {
    apply(Scenario.of("ca-rollover"));
    assertThat(events.getFirst()).isInstanceOf(ApplyEvent.PlanStarted.class);
    assertThat(events.get(1)).isInstanceOf(ApplyEvent.StepStarted.class);
  }

  @Test
  void trustingShowsItsOperationAndHowOftenAClaimHeld() {
    apply(Scenario.of("ca-rollover"));
    assertThat(of("trust").getFirst()).isEqualTo(new Progress.Accepted("newleaf-one-s2"));
    assertThat(of("trust"))
        .contains(
            new Progress.Proving("a leaf of ca/booking-g2 accepted", 1, 3, "accepted"),
            new Progress.Proving("a leaf of ca/booking-g2 accepted", 2, 3, "accepted"),
            new Progress.Proving("a leaf of ca/booking-g2 accepted", 3, 3, "accepted"));
  }

  @Test
  void rollingShowsPodsThenPollersEachNumberOnce() {
    apply(Scenario.of("ca-rollover"));
    List<Progress> rolling = of("roll");
    assertThat(rolling).contains(new Progress.Pods(3, 3)).doesNotHaveDuplicates();
    assertThat(rolling.getLast()).isEqualTo(new Progress.Polling(3, 3, "temporal-booking"));
  }

  @Test
  void scalingShowsThePodsThatAreLeft() {
    apply(Scenario.of("ca-rollover", "restart: rolling", "restart: scale"));
    assertThat(of("scale"))
        .contains(new Progress.PodsLeft(0), new Progress.Pods(3, 3))
        .doesNotHaveDuplicates();
  }

  @Test
  void workersThatReloadByThemselvesShowUntilWhen() {
    Scenario scenario = Scenario.of("ca-rollover");
    apply(scenario);
    assertThat(of("reload")).hasOnlyElementsOfType(Progress.TimeGiven.class).hasSize(1);
  }
}
