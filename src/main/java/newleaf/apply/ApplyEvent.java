package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import newleaf.Failure;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// What happens during an apply, for whoever shows it. Steps that run beside each other tell it
/// from threads of their own.
public sealed interface ApplyEvent {

  /// What is carried out from here on.
  record PlanStarted(Plan plan) implements ApplyEvent {}

  /// A step that an earlier run began is looked after first.
  record Resuming(Step step) implements ApplyEvent {}

  record StepStarted(Step step, int number, int of) implements ApplyEvent {}

  record Noted(Step step, String what) implements ApplyEvent {}

  record Progressed(Step step, Progress progress) implements ApplyEvent {}

  record Proved(Step step, String what) implements ApplyEvent {}

  record StepEnded(Step step, Outcome outcome, Duration took) implements ApplyEvent {}

  /// The peer or the run went away, so nobody knows whether the step ended; the next run asks.
  record StepLeftOpen(Step step, Failure why, Duration took) implements ApplyEvent {}

  record GateWaiting(Gate gate, Instant until) implements ApplyEvent {}

  record GatePassed(Gate gate) implements ApplyEvent {}

  record RunEnded(Ending ending) implements ApplyEvent {}
}
