package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.apply.Ending;
import newleaf.plan.Gate;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
  private static final Duration TOOK = Duration.ofMillis(192_450);
  private static final Failure STUCK =
      new Failure.Refused(
          new Explanation(
              "NL5102",
              "deployment/a/b",
              "the roll-out does not complete: ImagePullBackOff. Old and new leaves stay accepted.",
              "Repair the Deployment, then run: newleaf apply"));
  private static final Failure GONE =
      new Failure.RemoteError(
          new Explanation(
              "NL3002",
              "saas-api.tmprl.cloud:443",
              "can not be reached.",
              "Run the same command again; that is safe."));
  private final List<Step> steps = Samples.NORMAL.steps();

  private static String text(Ending ending) {
    return SummaryText.of(ending, "newleaf.yaml");
  }

  @Test
  void allDoneIsOneLine() {
    assertThat(text(new Ending(5, 5, List.of(), List.of(), List.of(), TOOK)))
        .isEqualTo("Applied 5 of 5 steps. Took 3m12s.\n");
  }

  @Test
  void failureOfSeveralStepsIsToldOnceAndOneCommandIsLast() {
    Ending ending =
        new Ending(
            4,
            10,
            List.of(
                new Ending.Failed(steps.get(6), STUCK),
                new Ending.Failed(steps.get(1), GONE),
                new Ending.Failed(steps.get(2), GONE)),
            List.of(),
            List.of(steps.get(3), steps.get(4), steps.get(5)),
            TOOK);
    assertThat(text(ending))
        .isEqualTo(
            """
            Applied 4 of 10 steps. 3 failed, 3 held back, took 3m12s.
            Failed: s7 roll deployment/temporal-booking/temporal-booking
              NL5102 deployment/a/b: the roll-out does not complete: ImagePullBackOff. Old and new leaves stay
              accepted.
              Repair the Deployment, then run: newleaf apply
              More: newleaf explain NL5102
            Failed: s2 trust namespace/temporal-booking, s3 trust namespace/temporal-booking
              NL3002 saas-api.tmprl.cloud:443: can not be reached.
              Run the same command again; that is safe.
              More: newleaf explain NL3002
            Held back: s4-s6, because of what failed.
            Once that is settled: newleaf apply -f newleaf.yaml
            """);
  }

  @Test
  void whatMovedIsLookedAtAgain() {
    Failure moved =
        new Failure.Stale(new Explanation("NL5106", "secret/a/b", "holds another leaf.", "Plan."));
    Ending ending =
        new Ending(
            0, 2, List.of(new Ending.Failed(steps.getFirst(), moved)), List.of(), List.of(), TOOK);
    assertThat(text(ending)).endsWith("Look again: newleaf plan -f newleaf.yaml\n");
  }

  @Test
  void nextCommandFitsTheGates() {
    List<Gate> gates = Samples.NORMAL.gates();
    assertThat(text(waiting(gates.get(1))))
        .isEqualTo(
            """
            Applied 4 of 5 steps. 1 gate shut, took 3m12s.
            Waiting: soak/ca/booking-g1: old and new stay accepted for 10m, until 2026-11-24T00:10:00Z
            The rest goes on with: newleaf apply -f newleaf.yaml
            """);
    assertThat(text(waiting(gates.get(2), gates.get(4))))
        .endsWith("To say yes: newleaf apply -f newleaf.yaml --approve retire/ca/booking-g1\n");
    assertThat(text(waiting(gates.get(4))))
        .endsWith("Once they are acknowledged: newleaf plan -f newleaf.yaml\n");
  }

  private static Ending waiting(Gate... gates) {
    return new Ending(4, 5, List.of(), List.of(gates), List.of(), TOOK);
  }

  @Test
  void namesFromElsewhereStayInTheirLine() {
    Ending hostile = new Samples("a\n\u001b[31mb\u202ec").ending();
    assertThat(SummaryText.of(hostile, "x\u001b.yaml"))
        .doesNotContain("\u001b", "\u202e")
        .contains("Applied 4 of 10 steps. 1 failed, 2 held back, 6 gates shut, took 1m40s.");
  }

  @Test
  void spansReadAtAGlance() {
    assertThat(Words.span(Duration.ofMillis(59_990))).isEqualTo("59.9s");
    assertThat(Words.span(Duration.ofSeconds(60))).isEqualTo("1m00s");
    assertThat(Words.span(Duration.ofSeconds(7384))).isEqualTo("2h03m");
    assertThat(Words.span(Duration.ofMillis(-5))).isEqualTo("0.0s");
    assertThat(Words.span(Duration.ofMillis(40))).isEqualTo("0.0s");
  }
}
