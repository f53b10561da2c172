package newleaf.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// What runs now and what is waited for, gathered from events. Whoever shares it between threads
/// has to guard it.
final class Board {
  /// @param label `[ 3/14]`
  record Running(Step step, String label, Instant since, Optional<Progress> progress) {}

  record Wait(String gate, Instant until) {}

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final Map<String, Wait> waits = new LinkedHashMap<>();
  private Optional<Instant> since = Optional.empty();
  private int of;
  private int done;
  private int failed;

  void on(ApplyEvent event, Instant now) {
    switch (event) {
      case ApplyEvent.PlanStarted(var plan) -> begin(plan, now);
      case ApplyEvent.Resuming(var step) -> start(step, "[again]", now);
      case ApplyEvent.StepStarted(var step, var number, var all) ->
          start(step, label(numbers.getOrDefault(step.id(), number), of == 0 ? all : of), now);
      case ApplyEvent.Progressed(var step, var progress) ->
          running.computeIfPresent(
              step.id(),
              (_, r) -> new Running(r.step(), r.label(), r.since(), Optional.of(progress)));
      case ApplyEvent.StepEnded(var step, var outcome, _) -> end(step, outcome);
      case ApplyEvent.StepLeftOpen(var step, _, _) -> {
        running.remove(step.id());
        failed++;
      }
      case ApplyEvent.GateWaiting(var gate, var until) ->
          waits.put(gate.id(), new Wait(gate.id(), until));
      case ApplyEvent.GatePassed(var gate) -> waits.remove(gate.id());
      case ApplyEvent.RunEnded _ -> {
        running.clear();
        waits.clear();
        since = Optional.empty();
      }
      case ApplyEvent.Noted _, ApplyEvent.Proved _ -> {
        return; // told, and over
      }
    }
  }

  private void begin(Plan plan, Instant now) {
    since = Optional.of(now);
    of = plan.steps().size();
    done = 0;
    failed = 0;
    numbers.clear();
    for (Step step : plan.steps()) {
      numbers.put(step.id(), numbers.size() + 1);
    }
  }

  private void start(Step step, String label, Instant now) {
    labels.put(step.id(), label);
    running.put(step.id(), new Running(step, label, now, Optional.empty()));
  }

  private void end(Step step, Outcome outcome) {
    running.remove(step.id());
    switch (outcome) {
      case Outcome.Done _, Outcome.AlreadySo _ -> done++;
      case Outcome.Failed _ -> failed++;
      case Outcome.Abandoned _ -> {
        return; // planned anew
      }
    }
  }

  /// Numbers stand below each other.
  private static String label(int number, int of) {
    int digits = String.valueOf(of).length();
    return ("[%" + digits + "d/%d]").formatted(number, of);
  }

  /// Also of a step that has ended.
  String label(Step step) {
    return labels.getOrDefault(step.id(), "[" + step.id() + "]");
  }

  /// The longest running one first.
  List<Running> running() {
    return List.copyOf(running.values());
  }

  List<Wait> waits() {
    return List.copyOf(waits.values());
  }

  /// When the plan began; empty before and after.
  Optional<Instant> since() {
    return since;
  }

  int of() {
    return of;
  }

  int done() {
    return done;
  }

  int failed() {
    return failed;
  }
}
