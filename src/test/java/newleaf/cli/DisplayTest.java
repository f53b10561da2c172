package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import newleaf.apply.ApplyEvent;
import newleaf.journal.Outcome;
import newleaf.observed.LeafPlace;
import newleaf.plan.Action;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Terms;
import newleaf.report.LiveTable.Size;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm", "NO_COLOR", "1");

  private final FakeScreen screen = new FakeScreen(80);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));

  private Terminal terminal(Map<String, String> environment, Optional<Size> size) {
    return new Terminal(
        new PrintWriter(screen, true),
        new PrintWriter(screen, true),
        environment,
        Path.of("."),
        now::get,
        Optional.of(_ -> "yes"),
        Optional.empty(),
        () -> size);
  }

  private Terminal live() {
    return terminal(XTERM, Optional.of(new Size(80, 24)));
  }

  private static Step step(int number) {
    Action action =
        new Action.AwaitReload(
            new Action.Target(
                "worker-" + number,
                new LeafPlace.Directory("/certs"),
                List.of(),
                Optional.empty(),
                Optional.empty()));
    return Step.of(
        "s" + number, "r", action, new Reason.Missing(), List.of(), Terms.of(action, List.of()));
  }

  private static ApplyEvent started(int number) {
    return new ApplyEvent.StepStarted(step(number), number, 20);
  }

  private static ApplyEvent ended(int number) {
    return new ApplyEvent.StepEnded(step(number), new Outcome.Done(), Duration.ofSeconds(3));
  }

  @Test
  void onATerminalWhatRunsIsATableAndWhatEndedScrollsBy() {
    Display display = Display.of(live(), false);
    display.accept(started(1));
    display.accept(started(2));
    display.tick();
    assertThat(screen.text())
        .matches(
            "\n\\[ 1/20] reload  worker/worker-1 +0s\n\\[ 2/20] reload  worker/worker-2 +0s\n");
    now.set(now.get().plusSeconds(3));
    display.accept(ended(1));
    assertThat(screen.text())
        .matches("\\[ 1/20] reload  worker/worker-1  done \\(3.0s\\)\n\n\\[ 2/20] reload .* 3s\n");
    display.close();
    assertThat(screen.text()).isEqualTo("[ 1/20] reload  worker/worker-1  done (3.0s)\n");
  }

  @Test
  void whatOthersPrintGoesAboveTheTable() {
    Display display = Display.of(live(), false);
    display.accept(started(1));
    display.tick();
    display.terminal().err().println("a complaint");
    display.terminal().out().print("half a ");
    display.terminal().out().flush();
    display.terminal().out().println("result");
    assertThat(screen.text()).matches("a complaint\nhalf a result\n\n\\[ 1/20] reload .*\n");
    display.terminal().out().print("no newline");
    display.close();
    assertThat(screen.text()).isEqualTo("a complaint\nhalf a result\nno newline");
  }

  @Test
  void inAPipelineOrOnADumbTerminalOrWhenAskedThereAreLines() {
    Optional<Size> size = Optional.of(new Size(80, 24));
    assertThat(isLive(terminal(XTERM, size), false)).isTrue();
    assertThat(isLive(terminal(XTERM, size), true)).isFalse();
    assertThat(isLive(terminal(XTERM, Optional.empty()), false)).isFalse();
    assertThat(isLive(terminal(Map.of("TERM", "dumb"), size), false)).isFalse();
    assertThat(isLive(terminal(Map.of(), size), false)).isFalse();
    assertThat(isLive(terminal(Map.of("TERM", "xterm", "CI", "true"), size), false)).isFalse();
    assertThat(isLive(terminal(Map.of("TERM", "xterm", "CI", "false"), size), false)).isTrue();
  }

  private static boolean isLive(Terminal terminal, boolean plain) {
    return !Display.of(terminal, plain).terminal().equals(terminal);
  }

  @Test
  void noColourIsHonoured() {
    for (boolean colour : List.of(true, false)) {
      StringWriter sent = new StringWriter();
      Map<String, String> environment = colour ? Map.of("TERM", "xterm") : XTERM;
      Terminal terminal =
          terminal(environment, Optional.of(new Size(80, 24)))
              .printing(new PrintWriter(sent), new PrintWriter(sent));
      Display display = Display.of(terminal, false);
      display.accept(started(1));
      display.accept(
          new ApplyEvent.StepEnded(step(1), new Outcome.Failed("NL5102 x"), Duration.ZERO));
      assertThat(sent.toString().contains("\u001b[1;31m")).isEqualTo(colour);
    }
  }

  @Test
  void eventsOfManyThreadsAndTicksBesideThemLeaveEachLineWhole() throws InterruptedException {
    Display display = Display.of(live(), false);
    PrintWriter others = display.terminal().err();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      int number = i;
      threads.add(
          Thread.startVirtualThread(() -> {
            display.accept(started(number));
            display.accept(new ApplyEvent.Proved(step(number), "claim " + number));
            display.tick();
            others.println("note " + number);
            display.accept(ended(number));
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    display.close();
    assertThat(screen.text().lines().filter(l -> l.startsWith("note ")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 20).mapToObj(i -> "note " + i).toList());
    assertThat(screen.text().lines().filter(l -> l.contains(" done (3.0s)"))).hasSize(20);
    assertThat(screen.text().lines())
        .allMatch(l -> l.matches("note \\d+|\\[[ \\d]\\d/20] reload  .* done .*|.*   proven: .*"));
  }
}
