package newleaf.report;

import java.util.Locale;
import java.util.Optional;
import newleaf.apply.ApplyEvent;
import newleaf.journal.Outcome;
import newleaf.plan.Step;

/// Progress of an apply as plain lines, for logs and terminals alike.
public final class EventText {
  private EventText() {}

  /// Empty for what is not worth a line.
  public static Optional<String> of(ApplyEvent event) {
    return Optional.of(
            switch (event) {
              case ApplyEvent.Resuming(var step) ->
                  "Resuming %s, where an earlier run was stopped".formatted(what(step));
              case ApplyEvent.StepStarted(var step, var number, var of) ->
                  "[%d/%d] %s".formatted(number, of, what(step));
              case ApplyEvent.Noted(_, var what) -> "      " + what;
              case ApplyEvent.Proved(_, var what) -> "      proven: " + what;
              case ApplyEvent.StepEnded(_, var outcome, var took) ->
                  String.format(
                      Locale.ROOT, "      %s (%.1fs)", outcome(outcome), took.toMillis() / 1000.0);
              case ApplyEvent.GateWaiting(var gate, var until) ->
                  "      waiting at %s until %s; safe to stop, a later apply goes on"
                      .formatted(gate.id(), Words.time(until));
              case ApplyEvent.GatePassed(var gate) -> "      gate %s is open".formatted(gate.id());
            })
        .map(Words::safe);
  }

  private static String what(Step step) {
    return step.action().verb() + " " + step.action().address();
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done() -> "done";
      case Outcome.AlreadySo() -> "already so";
      case Outcome.Failed(_) -> "FAILED";
      case Outcome.Abandoned() -> "had no effect; planning anew";
    };
  }
}
