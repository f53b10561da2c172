package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newleaf.apply.ApplyEvent;
import newleaf.journal.Outcome;
import newleaf.report.ApplyLines.Pace;
import org.junit.jupiter.api.Test;

class ApplyLinesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> log = new ArrayList<>();
  private Instant now = Runs.START;

  /// With a tick each second.
  private String log(ApplyLines lines, List<Runs.At> run) {
    for (Runs.At at : run) {
      Instant then = Runs.START.plus(at.after());
      while (now.plus(SECOND).isBefore(then)) {
        now = now.plus(SECOND);
        log.addAll(lines.tick(now));
      }
      log.addAll(lines.on(at.event(), then));
    }
    return String.join("\n", log) + "\n";
  }

  @Test
  void stepsBesideEachOtherAreToldApartAndSilenceIsBroken() {
    assertThat(log(new ApplyLines(Pace.PLAIN), Runs.interleaved()))
        .isEqualTo(
            """
            [1/5] issue   ca/booking-g2  done (0.7s)
                    CN=Booking CA G2,O=Temporal, ba0da51a
            [2/5] trust   namespace/temporal-booking  ...
                    accepted as operation newleaf-530544d540cc-s2
                    proven: a leaf of ca/booking-g2 accepted
                    proven: a stranger's leaf refused
            [2/5] trust   namespace/temporal-booking  done (3.7s)
            [3/5] roll    deployment/payments/temporal-worker  ...
            [4/5] roll    deployment/billing/temporal-worker  ...
            ... 2 running: roll deployment/payments/temporal-worker, 1 of 3 pods on the new leaf (32.6s);
                           roll deployment/billing/temporal-worker, 0 of 12 pods on the new leaf (32.5s)
            [3/5]   proven: every pod (3) was started for leaf ddaf0c69
            [3/5]   proven: every pod (3) polls task queue payments
            [3/5] roll    deployment/payments/temporal-worker  done (1m02s)
            [4/5] roll    deployment/billing/temporal-worker  FAILED (1m05s) NL5102
            gate soak/ca/booking-g1  waiting until 2026-11-24T00:03:40Z; safe to stop
            ... waiting: gate soak/ca/booking-g1 until 2026-11-24T00:03:40Z
            ... waiting: gate soak/ca/booking-g1 until 2026-11-24T00:03:40Z
            ... waiting: gate soak/ca/booking-g1 until 2026-11-24T00:03:40Z
            gate soak/ca/booking-g1  open
            [5/5] retire  namespace/temporal-booking  already so (1.0s)
            """);
    assertThat(log).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(100).matches("[ -~]*"));
  }

  @Test
  void aboveATableThereAreOnlyEndsAndWhatFailedIsRed() {
    String text = log(new ApplyLines(Pace.aboveTable(true)), Runs.interleaved());
    assertThat(text).doesNotContain("...").contains("\u001b[1;31m[4/5] roll ");
    assertThat(text.replaceAll("\u001b\\[[0-9;]*m", ""))
        .startsWith(
            """
            [1/5] issue   ca/booking-g2  done (0.7s)
                    CN=Booking CA G2,O=Temporal, ba0da51a
            [2/5] trust   namespace/temporal-booking  done (3.7s)
                    accepted as operation newleaf-530544d540cc-s2
                    proven: a leaf of ca/booking-g2 accepted
                    proven: a stranger's leaf refused
            [3/5] roll    deployment/payments/temporal-worker  done (1m02s)
                    proven: every pod (3) was started for leaf ddaf0c69
            """);
  }

  @Test
  void whatIsLeftOfAPlanIsNumberedByItself() {
    ApplyLines lines = new ApplyLines(Pace.PLAIN);
    log.addAll(
        lines.on(
            new ApplyEvent.PlanStarted(Samples.NORMAL.plan(List.of(Runs.RETIRE), List.of())), now));
    log.addAll(lines.on(new ApplyEvent.StepStarted(Runs.RETIRE, 5, 1), now));
    log.addAll(lines.on(new ApplyEvent.StepEnded(Runs.RETIRE, new Outcome.Done(), SECOND), now));
    assertThat(log).containsExactly("[1/1] retire  namespace/temporal-booking  done (1.0s)");
  }

  @Test
  void stepOfAnEarlierRunAndStepsThatNobodySawEndSaySo() {
    ApplyLines lines = new ApplyLines(Pace.PLAIN);
    log.addAll(lines.on(new ApplyEvent.Resuming(Runs.TRUST), now));
    log.addAll(
        lines.on(new ApplyEvent.StepEnded(Runs.TRUST, new Outcome.Abandoned(), SECOND), now));
    log.addAll(lines.on(new ApplyEvent.PlanStarted(Runs.plan()), now));
    log.addAll(lines.on(new ApplyEvent.StepStarted(Runs.ISSUE, 1, 5), now));
    log.addAll(lines.on(new ApplyEvent.StepStarted(Runs.ROLL, 3, 5), now));
    log.addAll(
        lines.on(new ApplyEvent.StepLeftOpen(Runs.ROLL, Samples.NORMAL.failure(), SECOND), now));
    log.addAll(lines.on(new ApplyEvent.RunEnded(Runs.ending()), now.plusSeconds(90)));
    assertThat(log)
        .containsExactly(
            "[again] trust   namespace/temporal-booking  was begun by an earlier run ...",
            "[again] trust   namespace/temporal-booking  had no effect; planning anew (1.0s)",
            "[3/5] roll    deployment/payments/temporal-worker  LEFT OPEN (1.0s) NL3014; the next apply asks what",
            "      became of it",
            "[1/5] issue   ca/booking-g2  LEFT OPEN (1m30s); the next apply asks what became of it");
    assertThat(lines.tick(now.plusSeconds(300))).isEmpty();
  }

  @Test
  void nothingIsSaidBeforeAPlanBegins() {
    ApplyLines lines = new ApplyLines(Pace.PLAIN);
    assertThat(lines.tick(now.plusSeconds(3600))).isEmpty();
  }
}
