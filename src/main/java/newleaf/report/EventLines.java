package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.Newleaf;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Ending;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// What happens during an apply, as lines of `apply --events`.
public final class EventLines {
  private EventLines() {}

  /// @param file the YAML, as named on the command line
  public static EventLine version(Instant at, String file) {
    return new EventLine.Version(at, EventLine.UI, Newleaf.VERSION, file);
  }

  public static List<EventLine> of(ApplyEvent event, Instant at) {
    return switch (event) {
      case ApplyEvent.PlanStarted(var plan) -> plan(plan, at);
      case ApplyEvent.Resuming(var step) -> List.of(start(step, true, at));
      case ApplyEvent.StepStarted(var step, _, _) -> List.of(start(step, false, at));
      case ApplyEvent.Noted(var step, var what) ->
          List.of(progress(step, what, Optional.empty(), at));
      case ApplyEvent.Progressed(var step, var progress) ->
          List.of(progress(step, ProgressText.of(progress), Optional.of(progress), at));
      case ApplyEvent.Proved(var step, var what) ->
          List.of(new EventLine.Proof(at, step.id(), step.address(), what));
      case ApplyEvent.StepEnded(var step, var outcome, var took) ->
          List.of(done(step, result(outcome), why(outcome), took, at));
      case ApplyEvent.StepLeftOpen(var step, var why, var took) ->
          List.of(done(step, EventLine.Result.LEFT_OPEN, Optional.of(why.line()), took, at));
      case ApplyEvent.GateWaiting(var gate, var until) ->
          List.of(new EventLine.GateWait(at, gate.id(), GateText.what(gate), Optional.of(until)));
      case ApplyEvent.GatePassed(var gate) -> List.of(new EventLine.GatePass(at, gate.id()));
      case ApplyEvent.RunEnded(var ending) -> ended(ending, at);
    };
  }

  /// Of no one step.
  public static List<EventLine> diagnostics(Failure failure, Instant at) {
    return diagnostics(failure, Optional.empty(), at);
  }

  public static EventLine summary(Ending ending, int exit, Instant at) {
    return new EventLine.Summary(
        at,
        exit,
        ending.done(),
        ending.of(),
        ending.failed().stream().map(f -> f.step().id()).toList(),
        ending.heldBack().stream().map(Step::id).toList(),
        ending.waiting().stream().map(Gate::id).toList(),
        ending.took());
  }

  private static List<EventLine> plan(Plan plan, Instant at) {
    List<EventLine> lines = new ArrayList<>();
    for (Step step : plan.steps()) {
      lines.add(
          new EventLine.PlanStep(
              at,
              plan.digest(),
              step.id(),
              lines.size() + 1,
              plan.steps().size(),
              step.rotation(),
              step.verb(),
              step.address(),
              step.needs()));
    }
    return lines;
  }

  private static EventLine start(Step step, boolean resumed, Instant at) {
    return new EventLine.StepStart(at, step.id(), step.verb(), step.address(), resumed);
  }

  private static EventLine progress(
      Step step, String what, Optional<Progress> progress, Instant at) {
    return new EventLine.StepProgress(at, step.id(), step.address(), what, progress);
  }

  private static EventLine done(
      Step step, EventLine.Result result, Optional<String> why, Duration took, Instant at) {
    return new EventLine.StepDone(at, step.id(), step.address(), result, why, took);
  }

  private static EventLine.Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done() -> EventLine.Result.DONE;
      case Outcome.AlreadySo() -> EventLine.Result.ALREADY_SO;
      case Outcome.Failed(_) -> EventLine.Result.FAILED;
      case Outcome.Abandoned() -> EventLine.Result.ABANDONED;
    };
  }

  private static Optional<String> why(Outcome outcome) {
    return outcome instanceof Outcome.Failed(var why) ? Optional.of(why) : Optional.empty();
  }

  private static List<EventLine> ended(Ending ending, Instant at) {
    Stream<EventLine> failed =
        ending.failed().stream()
            .flatMap(f -> diagnostics(f.failure(), Optional.of(f.step().id()), at).stream());
    Stream<EventLine> waiting =
        ending.waiting().stream()
            .map(g -> new EventLine.GateWait(at, g.id(), GateText.what(g), until(g)));
    return Stream.concat(failed, waiting).toList();
  }

  private static Optional<Instant> until(Gate gate) {
    return gate instanceof Gate.Soak soak ? soak.until() : Optional.empty();
  }

  private static List<EventLine> diagnostics(Failure failure, Optional<String> step, Instant at) {
    return Explained.of(failure).stream()
        .<EventLine>map(why ->
            new EventLine.Diagnostic(
                at,
                EventLine.Severity.ERROR,
                step,
                why.code(),
                why.where(),
                why.what(),
                why.next()))
        .toList();
  }
}
