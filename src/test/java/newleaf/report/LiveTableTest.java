package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Progress;
import newleaf.observed.LeafPlace;
import newleaf.plan.Action;
import newleaf.plan.Reason;
import newleaf.report.ApplyLines.Pace;
import newleaf.report.LiveTable.Size;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final Instant NOW = Runs.START;

  /// What there is to see after a while.
  private static ApplyLines after(Duration time) {
    ApplyLines lines = new ApplyLines(Pace.aboveTable(false));
    for (Runs.At at : Runs.interleaved()) {
      if (at.after().compareTo(time) <= 0) {
        List<String> _ = lines.on(at.event(), NOW.plus(at.after()));
      }
    }
    return lines;
  }

  private static String frame(Duration time, int columns, int rows) {
    return String.join(
        "\n", LiveTable.frame(after(time), new Size(columns, rows), NOW.plus(time), false));
  }

  @Test
  void stepsThatRunStandBelowEachOtherWithProgressAndTime() {
    assertThat(frame(Duration.ofSeconds(62), 100, 24))
        .isEqualTo(
            """

            [3/5] roll    deployment/payments/temporal-worker  1 of 3 pods on the new leaf                  57s
            [4/5] roll    deployment/billing/temporal-worker   7 of 12 pods on the new leaf                 57s
            2 of 5 steps done, 2 running, 1m02s\
            """);
  }

  @Test
  void narrowTerminalLeavesOutTheKindAndThenTheMiddleOfAnAddress() {
    assertThat(frame(Duration.ofSeconds(62), 80, 24))
        .isEqualTo(
            """

            [3/5] roll    payments/temporal-worker  1 of 3 pods on the new leaf         57s
            [4/5] roll    billing/temporal-worker   7 of 12 pods on the new leaf        57s
            2 of 5 steps done, 2 running, 1m02s\
            """);
    assertThat(frame(Duration.ofSeconds(62), 60, 24))
        .isEqualTo(
            """

            [3/5] roll    payments/..al-worker  1 of 3 pods on th.. 57s
            [4/5] roll    billing/t..al-worker  7 of 12 pods on t.. 57s
            2 of 5 steps done, 2 running, 1m02s\
            """);
    assertThat(frame(Duration.ofSeconds(62), 40, 24))
        .isEqualTo(
            """

            [3/5] roll    payments/..ral-worker 57s
            [4/5] roll    billing/t..ral-worker 57s
            2 of 5 steps done, 2 running, 1m02s\
            """);
  }

  @Test
  void gateCountsDown() {
    assertThat(frame(Duration.ofSeconds(130), 80, 24))
        .isEqualTo(
            """

            gate    soak/ca/booking-g1  opens in 1m30s, at 2026-11-24T00:03:40Z
            3 of 5 steps done, 1 FAILED, waiting at 1 gate, 2m10s\
            """);
    assertThat(frame(Duration.ofSeconds(219), 80, 24)).contains("opens in 1s");
  }

  @Test
  void thereIsNoTableBeforeAndAfter() {
    assertThat(LiveTable.frame(new ApplyLines(Pace.PLAIN), new Size(80, 24), NOW, true)).isEmpty();
    assertThat(frame(Duration.ofSeconds(221), 80, 24)).isEmpty();
  }

  @Test
  void noFrameIsWiderOrHigherThanItsTerminal() {
    ApplyLines lines = after(Duration.ofSeconds(62));
    for (int i = 0; i < 20; i++) {
      Action action = odd("\u5bc6\u5319".repeat(i) + "\u001b[2J" + "x".repeat(4 * i));
      List<String> _ =
          lines.on(
              new ApplyEvent.StepStarted(
                  Samples.step("s" + (10 + i), "r", action, new Reason.Missing()), 10 + i, 5),
              NOW);
    }
    for (int columns = 1; columns < 140; columns++) {
      for (int rows : List.of(1, 2, 3, 4, 5, 10, 30)) {
        List<String> frame = LiveTable.frame(lines, new Size(columns, rows), NOW, false);
        assertThat(frame.size()).isLessThan(Math.max(4, rows));
        for (String line : frame) {
          assertThat(Words.width(line)).as(line).isLessThan(Math.max(2, columns));
          assertThat(line).doesNotContain("\u001b");
        }
      }
    }
    assertThat(LiveTable.frame(lines, new Size(80, 10), NOW, false)).contains("and 16 more");
  }

  private static Action odd(String name) {
    Action.ReissueLeaf normal = (Action.ReissueLeaf) Samples.NORMAL.actions().get(4);
    return new Action.ReissueLeaf(
        new LeafPlace.Directory(name),
        normal.ca(),
        normal.profile(),
        normal.namespaces(),
        normal.replaces());
  }

  @Test
  void coloursOnlyDecorate() {
    ApplyLines lines = after(Duration.ofSeconds(130));
    Size size = new Size(80, 24);
    String plain = String.join("\n", LiveTable.frame(lines, size, NOW, false));
    String coloured = String.join("\n", LiveTable.frame(lines, size, NOW, true));
    assertThat(coloured).contains("\u001b[36m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void everyProgressHasItsWords() {
    assertThat(Samples.NORMAL.progress().stream().map(ProgressText::of))
        .containsExactly(
            "1 of 3 pods on the new leaf",
            "2 pods left, none will run for a while",
            "2 of 3 pods poll temporal-booking",
            "2 of 3 in a row: a leaf of temporal-booking accepted",
            "waiting for operation newleaf-1f-s2",
            "until 2026-11-24T00:02:00Z mounted files follow");
    assertThat(ProgressText.of(new Progress.Proving("x accepted", 0, 3, "refused (bad)")))
        .isEqualTo("0 of 3 in a row: x accepted; last answer refused (bad)");
    assertThat(ProgressText.of(new Progress.Polling(0, 0, "q")))
        .isEqualTo("waiting for pollers on q");
  }
}
