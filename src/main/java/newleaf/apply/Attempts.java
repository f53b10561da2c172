package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.plan.Step;

/// Carries out single steps: writes down that one is begun before it has any effect, and how it
/// ended.
final class Attempts {
  private final StepRunner runner;
  private final Timeline time;
  private final Journal journal;

  Attempts(Ports ports, Journal journal) {
    this.runner = new StepRunner(ports);
    this.time = ports.time();
    this.journal = journal;
  }

  /// @param id of this try, new in the journal: letters, digits and hyphens
  /// @throws NewleafException why it failed; the journal knows whether it has ended
  Outcome carryOut(String id, Step step, OperationSlot slot, Consumer<ApplyEvent> events) {
    OperationId operation = new OperationId("newleaf-" + id);
    Attempt attempt = new Attempt(id, step, operation, slot, journal, events);
    Instant start = time.instant();
    journal.append(new Entry.Begun(id, step, changesNamespace(step, operation)));
    return ended(attempt, start, () -> runner.run(attempt));
  }

  private static Optional<String> changesNamespace(Step step, OperationId operation) {
    return Course.isOperation(step) ? Optional.of(operation.value()) : Optional.empty();
  }

  /// Looks after a step that was begun and not ended.
  ///
  /// @throws NewleafException as above
  Outcome resume(Entry.Begun begun, Consumer<ApplyEvent> events) {
    events.accept(new ApplyEvent.Resuming(begun.step()));
    Attempt attempt =
        new Attempt(
            begun.attempt(),
            begun.step(),
            new OperationId(begun.operation().orElse(begun.attempt())),
            OperationSlot.uncounted(),
            journal,
            events);
    return ended(attempt, time.instant(), () -> runner.resume(begun, attempt));
  }

  private Outcome ended(Attempt attempt, Instant start, Supplier<Outcome> work) {
    Outcome outcome;
    try {
      outcome = work.get();
    } catch (NewleafException e) {
      if (decided(e.failure())) {
        end(attempt, start, new Outcome.Failed(e.getMessage()));
      } else {
        attempt
            .events()
            .accept(new ApplyEvent.StepLeftOpen(attempt.step(), e.failure(), since(start)));
      }
      throw e;
    }
    end(attempt, start, outcome);
    return outcome;
  }

  private Duration since(Instant start) {
    return Duration.between(start, time.instant());
  }

  /// Whether the step is known to have ended. When the peer or the run went away nobody knows, so
  /// the step stays open in the journal and the next run asks what became of it.
  static boolean decided(Failure failure) {
    return switch (failure) {
      case Failure.Refused _, Failure.Stale _, Failure.Misconfigured _, Failure.InvalidInput _ ->
          true;
      case Failure.RemoteError _,
          Failure.Denied _,
          Failure.Stopped _,
          Failure.LockHeld _,
          Failure.Damaged _ ->
          false;
    };
  }

  private void end(Attempt attempt, Instant start, Outcome outcome) {
    journal.append(new Entry.Ended(attempt.id(), outcome));
    attempt.events().accept(new ApplyEvent.StepEnded(attempt.step(), outcome, since(start)));
  }
}
