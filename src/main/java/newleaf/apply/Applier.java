package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// Carries out a plan, writing each intent down before its effect. Steps that do not meet are under
/// way together.
public final class Applier {

  /// @param run names this run in operation ids: letters and digits, new for each run
  /// @param waitGates the longest wait at a gate within this run; longer ones are left to a later
  ///   run
  /// @param approvals gate ids approved on the command line
  /// @param who gives them
  public record Options(
      String run, Duration waitGates, Set<String> approvals, String who, Pace pace) {
    public Options {
      approvals = Set.copyOf(approvals);
    }

    public Options(String run, Duration waitGates, Set<String> approvals, String who) {
      this(run, waitGates, approvals, who, Pace.DEFAULT);
    }
  }

  /// @param waiting gates that hold the rest of the plan back
  /// @param failures of this run, in the order in which they came
  /// @param heldBack steps that were not begun because of them
  public record Result(
      int done, int of, List<Gate> waiting, List<Ending.Failed> failures, List<Step> heldBack) {
    public Result {
      waiting = List.copyOf(waiting);
      failures = List.copyOf(failures);
      heldBack = List.copyOf(heldBack);
    }
  }

  private final StepRunner runner;
  private final Crew crew;
  private final Timeline time;
  private final Journal journal;
  private final Options options;
  private final Consumer<ApplyEvent> events;
  private final Gates gates;

  /// What steps of earlier runs claim whose end is still not known.
  private final List<Claims> open = new ArrayList<>();

  /// @param events called from one thread at a time
  public Applier(
      Ports ports, Crew crew, Journal journal, Options options, Consumer<ApplyEvent> events) {
    this.runner = new StepRunner(ports);
    this.crew = crew;
    this.time = ports.time();
    this.journal = journal;
    this.options = options;
    this.events = inTurn(events);
    this.gates = new Gates(journal, time, options);
  }

  /// One step at a time, in the thread of the caller.
  public Applier(Ports ports, Journal journal, Options options, Consumer<ApplyEvent> events) {
    this(ports, Crew.alone(ports.time()), journal, options, events);
  }

  private static Consumer<ApplyEvent> inTurn(Consumer<ApplyEvent> events) {
    Object turn = new Object();
    return event -> {
      synchronized (turn) {
        events.accept(event);
      }
    };
  }

  /// Looks after what earlier runs began and did not end. To be called before observing and
  /// planning. One that fails does not keep the others from being looked after.
  ///
  /// @throws NewleafException what ends the run: it is to stop, has lost its lock, or can not write
  ///   its journal
  public List<Ending.Failed> resume() {
    List<Ending.Failed> failures =
        new Resumption(crew, this::resume, options.pace().atOnce()).of(journal.unfinished());
    failures.stream()
        .filter(f -> !decided(f.failure()))
        .forEach(f -> open.add(Claims.of(f.step().action())));
    return failures;
  }

  private void resume(Entry.Begun begun) {
    events.accept(new ApplyEvent.Resuming(begun.step()));
    Attempt attempt =
        new Attempt(
            begun.attempt(),
            begun.step(),
            new OperationId(begun.operation().orElse(begun.attempt())),
            OperationSlot.uncounted(),
            journal,
            events);
    ended(attempt, time.instant(), () -> runner.resume(begun, attempt));
  }

  /// @throws NewleafException what ended the run; what was done before stays done
  public Result apply(Plan plan) {
    return apply(plan, plan.digest());
  }

  /// @param approved digest of the plan of which this is what is left
  public Result apply(Plan plan, String approved) {
    journal.append(
        new Entry.RunStarted(options.run(), plan.file(), plan.desiredDigest(), approved));
    plan.rollback()
        .filter(r -> !r.recorded())
        .ifPresent(
            r -> journal.append(new Entry.RolledBack(r.ca(), r.from(), r.to(), options.who())));
    events.accept(new ApplyEvent.PlanStarted(plan));
    int of = plan.steps().size();
    var wiring = new Course.Wiring(crew, time, gates, (step, slot) -> run(step, slot, of), events);
    return new Course(plan, wiring, options, open).run();
  }

  private void run(Step step, OperationSlot slot, int of) {
    String id = options.run() + "-" + step.id();
    OperationId operation = new OperationId("newleaf-" + id);
    Attempt attempt = new Attempt(id, step, operation, slot, journal, events);
    Instant start = time.instant();
    int number = Integer.parseInt(step.id().substring(1));
    events.accept(new ApplyEvent.StepStarted(step, number, of));
    journal.append(new Entry.Begun(id, step, changesNamespace(step, operation)));
    ended(attempt, start, () -> runner.run(attempt));
  }

  private static Optional<String> changesNamespace(Step step, OperationId operation) {
    return Course.isOperation(step) ? Optional.of(operation.value()) : Optional.empty();
  }

  private void ended(Attempt attempt, Instant start, Supplier<Outcome> work) {
    Outcome outcome;
    try {
      outcome = work.get();
    } catch (NewleafException e) {
      if (decided(e.failure())) {
        end(attempt, start, new Outcome.Failed(e.getMessage()));
      } else {
        events.accept(
            new ApplyEvent.StepLeftOpen(
                attempt.step(), e.failure(), Duration.between(start, time.instant())));
      }
      throw e;
    }
    end(attempt, start, outcome);
  }

  /// Whether the step is known to have ended. When the peer or the run went away nobody knows, so
  /// the step stays open in the journal and the next run asks what became of it.
  private static boolean decided(Failure failure) {
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
    events.accept(
        new ApplyEvent.StepEnded(attempt.step(), outcome, Duration.between(start, time.instant())));
  }
}
