package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;
import newleaf.plan.Step;

/// What happens during an apply, for whoever shows it.
public sealed interface ApplyEvent {

  /// A step that an earlier run began is looked after first.
  record Resuming(Step step) implements ApplyEvent {}

  record StepStarted(Step step, int number, int of) implements ApplyEvent {}

  record Noted(Step step, String what) implements ApplyEvent {}

  record Proved(Step step, String what) implements ApplyEvent {}

  record StepEnded(Step step, Outcome outcome, Duration took) implements ApplyEvent {}

  record GateWaiting(Gate gate, Instant until) implements ApplyEvent {}

  record GatePassed(Gate gate) implements ApplyEvent {}
}
