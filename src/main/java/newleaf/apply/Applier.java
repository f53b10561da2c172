package newleaf.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

  private final Attempts attempts;
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
    this.attempts = new Attempts(ports, journal);
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
        new Resumption(crew, b -> attempts.resume(b, events), options.pace().atOnce())
            .of(journal.unfinished());
    failures.stream()
        .filter(f -> !Attempts.decided(f.failure()))
        .forEach(f -> open.add(Claims.of(f.step().action())));
    return failures;
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
    int number = Integer.parseInt(step.id().substring(1));
    events.accept(new ApplyEvent.StepStarted(step, number, of));
    Outcome _ = attempts.carryOut(options.run() + "-" + step.id(), step, slot, events);
  }
}
