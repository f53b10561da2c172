package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// Carries out a plan in its order, writing each intent down before its effect.
public final class Applier {

  /// @param run names this run in operation ids: letters and digits, new for each run
  /// @param waitGates the longest wait at a gate within this run; longer ones are left to a later
  ///   run
  /// @param approvals gate ids approved on the command line
  /// @param who gives them
  public record Options(String run, Duration waitGates, Set<String> approvals, String who) {
    public Options {
      approvals = Set.copyOf(approvals);
    }
  }

  /// @param waiting gates that hold the rest of the plan back
  public record Result(int done, int of, List<Gate> waiting) {
    public Result {
      waiting = List.copyOf(waiting);
    }
  }

  private final StepRunner runner;
  private final Timeline time;
  private final Journal journal;
  private final Options options;
  private final Consumer<ApplyEvent> events;
  private final Gates gates;

  public Applier(Ports ports, Journal journal, Options options, Consumer<ApplyEvent> events) {
    this.runner = new StepRunner(ports);
    this.time = ports.time();
    this.journal = journal;
    this.options = options;
    this.events = events;
    this.gates = new Gates(journal, time, options);
  }

  /// Looks after what an earlier run began and did not end. To be called before observing and
  /// planning.
  public int resume() {
    List<Entry.Begun> unfinished = journal.unfinished();
    for (Entry.Begun begun : unfinished) {
      events.accept(new ApplyEvent.Resuming(begun.step()));
      Attempt attempt =
          new Attempt(
              begun.attempt(),
              begun.step(),
              new OperationId(begun.operation().orElse(begun.attempt())),
              journal,
              events);
      ended(attempt, time.instant(), () -> runner.resume(begun, attempt));
    }
    return unfinished.size();
  }

  /// @throws NewleafException the failure of the step that stopped it; what was done before stays
  ///   done
  public Result apply(Plan plan) {
    return apply(plan, plan.digest());
  }

  /// @param approved digest of the plan of which this is what is left
  public Result apply(Plan plan, String approved) {
    journal.append(
        new Entry.RunStarted(options.run(), plan.file(), plan.desiredDigest(), approved));
    List<Step> left = new ArrayList<>(plan.steps());
    Set<String> done = new HashSet<>();
    while (!left.isEmpty()) {
      Optional<Step> next = left.stream().filter(s -> ready(plan, s, done)).findFirst();
      if (next.isPresent()) {
        run(next.get(), plan.steps().size());
        done.add(next.get().id());
        left.remove(next.get());
      } else if (!waitForGate(plan, left, done)) {
        break;
      }
    }
    return new Result(done.size(), plan.steps().size(), gates.holding(plan, left, done));
  }

  private boolean ready(Plan plan, Step step, Set<String> done) {
    if (!done.containsAll(step.needs())) {
      return false;
    }
    boolean open = true;
    for (Gate gate : plan.gatesBefore(step)) {
      if (!gates.passed(gate)) {
        open = false;
      } else if (gates.firstPass(gate)) {
        events.accept(new ApplyEvent.GatePassed(gate));
      }
    }
    return open;
  }

  /// @return false when the wait is longer than this run may wait, or no waiting helps
  private boolean waitForGate(Plan plan, List<Step> left, Set<String> done) {
    Optional<Gate.Soak> soak = gates.soonest(plan, left, done);
    if (soak.isEmpty()) {
      return false;
    }
    Instant until = gates.until(soak.get());
    Duration wait = Duration.between(time.instant(), until);
    if (wait.compareTo(options.waitGates()) > 0) {
      return false;
    }
    events.accept(new ApplyEvent.GateWaiting(soak.get(), until));
    Waiting.pause(time, soak.get().id(), wait);
    return true;
  }

  private void run(Step step, int of) {
    String id = options.run() + "-" + step.id();
    OperationId operation = new OperationId("newleaf-" + id);
    Attempt attempt = new Attempt(id, step, operation, journal, events);
    Instant start = time.instant();
    int number = Integer.parseInt(step.id().substring(1));
    events.accept(new ApplyEvent.StepStarted(step, number, of));
    journal.append(new Entry.Begun(id, step, changesNamespace(step, operation)));
    ended(attempt, start, () -> runner.run(attempt));
  }

  private static Optional<String> changesNamespace(Step step, OperationId operation) {
    return switch (step.action()) {
      case Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ ->
          Optional.of(operation.value());
      case Action.IssueCa _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.ScaleWorker _,
          Action.AwaitReload _ ->
          Optional.empty();
    };
  }

  private void ended(Attempt attempt, Instant start, Supplier<Outcome> work) {
    Outcome outcome;
    try {
      outcome = work.get();
    } catch (NewleafException e) {
      if (decided(e.failure())) {
        end(attempt, start, new Outcome.Failed(e.getMessage()));
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
