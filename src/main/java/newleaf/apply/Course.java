package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import newleaf.apply.Pace.OnFailure;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Waits;

/// One way through a plan: which steps are begun when, several at once where they do not meet. Of
/// those that may begin, the one with the longest chain behind it does; see [CriticalPath]. Where
/// the service would take one more operation, that goes before other steps; see [Pace#changing].
/// Only the thread that runs it knows its state; what happens is handed over to it.
final class Course {

  /// Carries out one step.
  @FunctionalInterface
  interface Work {
    void carryOut(Step step, OperationSlot slot);
  }

  record Wiring(Crew crew, Timeline time, Gates gates, Work work, Consumer<ApplyEvent> events) {}

  private final Plan plan;
  private final Wiring wiring;
  private final Applier.Options options;
  private final Shift shift;
  private final Turns turns;
  private final AtGates atGates;
  private final Map<String, Integer> ranks = new HashMap<>();
  private final Needs needs;
  private final Waits waits;
  private final Set<String> begun = new HashSet<>();

  /// Steps whose operation is not known to have ended; the service takes so many and no more.
  private final Set<String> operating = new HashSet<>();

  private final Set<String> done = new HashSet<>();
  private final Set<String> announced = new HashSet<>();
  private final Setbacks setbacks = new Setbacks();
  private int running;

  /// Of those the ones that change a namespace, whether their operation has ended or not.
  private int changing;

  /// @param blocked what open steps of earlier runs still claim
  Course(Plan plan, Wiring wiring, Applier.Options options, List<Claims> blocked) {
    this.plan = plan;
    this.wiring = wiring;
    this.options = options;
    this.shift = new Shift(wiring.crew());
    this.turns = new Turns(blocked);
    CriticalPath.order(plan).forEach(step -> ranks.put(step.id(), ranks.size()));
    this.needs = new Needs(plan);
    this.waits = new Waits(plan.gates());
    this.atGates = new AtGates(wiring.gates(), waits, wiring.events());
  }

  Applier.Result run() {
    plan.steps().stream().filter(needs::areMet).forEach(this::opens);
    do {
      shift.listen();
    } while (goesOn());
    setbacks.throwIfRunEnds();
    return new Applier.Result(
        done.size(),
        plan.steps().size(),
        wiring.gates().holding(holding()),
        setbacks.failed(),
        setbacks.failed().isEmpty() ? List.of() : notBegun());
  }

  private List<Step> notBegun() {
    return plan.steps().stream().filter(s -> !begun.contains(s.id())).toList();
  }

  /// Those before what could be done now, and those that what is left to a later plan waits for.
  private List<Gate> holding() {
    Map<String, Gate> holding = new LinkedHashMap<>();
    Stream<Gate> here =
        notBegun().stream().filter(needs::areMet).flatMap(step -> waits.before(step).stream());
    Stream<Gate> later =
        plan.gates().stream().filter(g -> g.before().isEmpty() && done.containsAll(g.after()));
    Stream.concat(here, later).forEach(gate -> holding.putIfAbsent(gate.id(), gate));
    return List.copyOf(holding.values());
  }

  /// Begins one step, or waits for what is under way or for a gate.
  ///
  /// @return false when nothing is left that this run may do
  private boolean goesOn() {
    Optional<Turn> next = mayBegin() ? next() : Optional.empty();
    if (next.isPresent()) {
      begin(next.get());
      return true;
    }
    if (running > 0) {
      await(mayBegin() ? untilNextGate() : Optional.empty());
    }
    return !shift.isQuiet() || running > 0 || waitForGate();
  }

  private boolean mayBegin() {
    return !setbacks.runEnds()
        && (setbacks.failed().isEmpty()
            || options.pace().onFailure() == OnFailure.CONTINUE_INDEPENDENT)
        && running < options.pace().atOnce();
  }

  private Optional<Turn> next() {
    atGates.opened().forEach(this::mayTakeTurn);
    return turns.next(operating.size() < Pace.OPERATIONS, changing < options.pace().changing());
  }

  static boolean isOperation(Step step) {
    return switch (step.action()) {
      case Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> true;
      case Action.IssueCa _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.ScaleWorker _,
          Action.AwaitReload _ ->
          false;
    };
  }

  /// Nothing that it needs is left to do. A soak that begins here is written down; where that fails
  /// the run ends, but not before the steps that are under way.
  private void opens(Step step) {
    try {
      if (atGates.isThrough(step)) {
        mayTakeTurn(step);
      }
    } catch (RuntimeException e) {
      setbacks.endTheRun(e);
    }
  }

  private void mayTakeTurn(Step step) {
    turns.add(new Turn(ranks.get(step.id()), step, Claims.of(step.action())));
  }

  private void begin(Turn turn) {
    Step step = turn.step();
    boolean operation = isOperation(step);
    begun.add(step.id());
    running++;
    changing += operation ? 1 : 0;
    operates(step, operation);
    OperationSlot slot =
        new OperationSlot(operation, held -> shift.tell(() -> operates(step, held)));
    shift.start(() -> wiring.work().carryOut(step, slot), failure -> ended(turn, failure));
  }

  private void operates(Step step, boolean held) {
    boolean _ = held ? operating.add(step.id()) : operating.remove(step.id());
  }

  private void ended(Turn turn, Optional<Throwable> failure) {
    running--;
    changing -= isOperation(turn.step()) ? 1 : 0;
    operates(turn.step(), false);
    failure.ifPresentOrElse(
        why -> setbacks.of(turn.step(), why), // what it began may go on, so its claims stay
        () -> {
          done.add(turn.step().id());
          turns.release(turn);
          needs.done(turn.step(), this::opens);
        });
  }

  private void await(Optional<Duration> atMost) {
    shift.await(atMost).ifPresent(setbacks::endTheRun);
  }

  /// @return false when the wait is longer than this run may wait, or no waiting helps
  private boolean waitForGate() {
    Optional<Duration> wait = mayBegin() ? untilNextGate() : Optional.empty();
    if (wait.isPresent()) {
      await(wait);
    }
    return wait.isPresent();
  }

  /// Until the gate that opens first by itself, if this run may wait that long for it.
  private Optional<Duration> untilNextGate() {
    Optional<AtGates.Opening> opening = atGates.soonest();
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    Instant until = opening.get().at();
    Duration wait = Duration.between(wiring.time().instant(), until);
    if (wait.compareTo(options.waitGates()) > 0) {
      return Optional.empty();
    }
    if (announced.add(opening.get().gate().id())) {
      wiring.events().accept(new ApplyEvent.GateWaiting(opening.get().gate(), until));
    }
    return Optional.of(wait);
  }
}
