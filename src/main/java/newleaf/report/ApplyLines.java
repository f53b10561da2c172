package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.plan.Step;
import newleaf.report.Board.Running;

/// An apply as lines that stay: one when a step ends, its proofs below, one when it starts if it
/// takes long, and a sign of life when nothing else was said for a while. Steps run beside each
/// other, so a line names its step, unless only that one runs and spoke last. Whoever shares it
/// between threads has to guard it.
public final class ApplyLines {
  /// @param slow a step that takes longer gets a line before it ends
  /// @param silence after this a sign of life is due; empty where a table shows what runs
  /// @param colour whether what failed is red
  public record Pace(Duration slow, Optional<Duration> silence, boolean colour) {
    /// For logs.
    public static final Pace PLAIN =
        new Pace(Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(30)), false);

    /// Above a table that shows what runs.
    public static Pace aboveTable(boolean colour) {
      return new Pace(Duration.ofDays(365), Optional.empty(), colour);
    }
  }

  private static final Pattern CODE = Pattern.compile("^(NL[0-9]{4}) ");
  private static final int FEW = 3;

  private final Pace pace;
  private final Board board = new Board();

  /// What is to be said of steps that have no line yet, by step.
  private final Map<String, List<String>> held = new HashMap<>();

  private final List<String> lines = new ArrayList<>();
  private Instant spoke = Instant.MAX;
  private String speaker = "";

  public ApplyLines(Pace pace) {
    this.pace = pace;
  }

  Board board() {
    return board;
  }

  /// @return what is to be printed now
  public List<String> on(ApplyEvent event, Instant now) {
    List<Running> before = board.running();
    board.on(event, now);
    switch (event) {
      case ApplyEvent.PlanStarted _ -> spoke = now;
      case ApplyEvent.Resuming(var step) -> headline(step, "was begun by an earlier run ...");
      case ApplyEvent.StepStarted(var step, _, _) -> held.put(step.id(), new ArrayList<>());
      case ApplyEvent.Noted(var step, var what) -> detail(step, what);
      case ApplyEvent.Proved(var step, var what) -> detail(step, "proven: " + what);
      case ApplyEvent.Progressed(var step, var progress) -> progress(step, progress);
      case ApplyEvent.StepEnded(var step, var outcome, var took) ->
          end(step, outcome(outcome, took), outcome instanceof Outcome.Failed);
      case ApplyEvent.StepLeftOpen(var step, var why, var took) ->
          end(step, leftOpen(took, codes(why)), true);
      case ApplyEvent.GateWaiting(var gate, var until) ->
          gate(gate.id(), "waiting until %s; safe to stop".formatted(Words.time(until)));
      case ApplyEvent.GatePassed(var gate) -> gate(gate.id(), "open");
      case ApplyEvent.RunEnded _ ->
          before.forEach(r -> end(r.step(), leftOpen(Duration.between(r.since(), now), ""), true));
    }
    return said(now);
  }

  /// To be asked about once a second.
  ///
  /// @return what is to be printed now
  public List<String> tick(Instant now) {
    for (Running running : board.running()) {
      boolean slow = !now.isBefore(running.since().plus(pace.slow()));
      if (slow && held.containsKey(running.step().id())) {
        headline(running.step(), "...");
      }
    }
    boolean silent =
        pace.silence().filter(s -> Duration.between(spoke, now).compareTo(s) >= 0).isPresent();
    if (lines.isEmpty() && silent) {
      signOfLife(now);
    }
    return said(now);
  }

  private List<String> said(Instant now) {
    List<String> all = List.copyOf(lines);
    lines.clear();
    spoke = all.isEmpty() ? spoke : now;
    return all;
  }

  private void end(Step step, String what, boolean failed) {
    headline(step, what, failed ? Tone.ALARM : Tone.PLAIN);
  }

  private void headline(Step step, String what) {
    headline(step, what, Tone.PLAIN);
  }

  private void headline(Step step, String what, Tone tone) {
    add(tone, board.label(step) + " ", named(step) + "  " + what);
    speaker = step.id();
    List<String> details = held.remove(step.id());
    if (details != null) {
      details.forEach(d -> detail(step, d));
    }
  }

  private static String named(Step step) {
    return "%-7s %s".formatted(step.verb(), step.address());
  }

  private static String outcome(Outcome outcome, Duration took) {
    String time = " (" + Words.span(took) + ")";
    return switch (outcome) {
      case Outcome.Done() -> "done" + time;
      case Outcome.AlreadySo() -> "already so" + time;
      case Outcome.Failed(var why) -> {
        Matcher code = CODE.matcher(why);
        yield "FAILED" + time + (code.find() ? " " + code.group(1) : "");
      }
      case Outcome.Abandoned() -> "had no effect; planning anew" + time;
    };
  }

  private static String leftOpen(Duration took, String codes) {
    return "LEFT OPEN (%s)%s; the next apply asks what became of it"
        .formatted(Words.span(took), codes);
  }

  private static String codes(Failure failure) {
    return Explained.of(failure).stream()
        .map(Explanation::code)
        .collect(Collectors.joining(" ", " ", ""));
  }

  private void progress(Step step, Progress progress) {
    switch (progress) {
      case Progress.Accepted(var operation) -> detail(step, "accepted as operation " + operation);
      case Progress.TimeGiven given -> detail(step, "waiting " + ProgressText.of(given));
      case Progress.Pods _, Progress.PodsLeft _, Progress.Polling _, Progress.Proving _ -> {
        return; // too many for lines of their own
      }
    }
  }

  private void detail(Step step, String what) {
    List<String> waiting = held.get(step.id());
    if (waiting != null) {
      waiting.add(what);
      return;
    }
    String label = board.label(step);
    boolean unnamed = board.running().size() < 2 && speaker.equals(step.id());
    add(Tone.PLAIN, (unnamed ? " ".repeat(label.length()) : label) + "   ", what);
    speaker = step.id();
  }

  private void gate(String id, String what) {
    add(Tone.PLAIN, "gate ", id + "  " + what);
    speaker = "";
  }

  private void signOfLife(Instant now) {
    List<String> waits =
        board.waits().stream()
            .map(w -> "gate %s until %s".formatted(w.gate(), Words.time(w.until())))
            .toList();
    List<String> running = board.running().stream().map(r -> life(r, now)).toList();
    if (!running.isEmpty()) {
      add(Tone.PLAIN, "... %d running: ".formatted(running.size()), few(running));
    }
    if (!waits.isEmpty()) {
      add(Tone.PLAIN, "... waiting: ", few(waits));
    }
    speaker = "";
  }

  private static String life(Running running, Instant now) {
    return "%s %s%s (%s)"
        .formatted(
            running.step().verb(),
            running.step().address(),
            running.progress().map(p -> ", " + ProgressText.of(p)).orElse(""),
            Words.span(Duration.between(running.since(), now)));
  }

  private static List<String> few(List<String> texts) {
    List<String> few = new ArrayList<>();
    for (String text : texts.subList(0, Math.min(FEW, texts.size()))) {
      few.add(text + (few.size() + 1 < texts.size() ? ";" : ""));
    }
    if (texts.size() > FEW) {
      few.add("and " + (texts.size() - FEW) + " more");
    }
    return few;
  }

  private void add(Tone tone, String lead, String text) {
    add(tone, lead, List.of(text.split(" ")));
  }

  private void add(Tone tone, String lead, List<String> words) {
    Sheet sheet = new Sheet();
    sheet.wrapped(tone, lead, words);
    sheet.text(pace.colour()).lines().forEach(lines::add);
  }
}
