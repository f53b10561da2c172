package newleaf.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Ending.Failed;
import newleaf.apply.Pace.OnFailure;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// One way through a plan: which steps are begun when, several at once where they do not meet. Only
/// the thread that runs it knows its state; what ends is handed over to it.
final class Course {
  private static final Duration LONG = Duration.ofHours(1);

  private record Ended(Step step, Optional<Throwable> failure) {}

  /// @param work carries out one step
  record Wiring(
      Crew crew, Timeline time, Gates gates, Consumer<Step> work, Consumer<ApplyEvent> events) {}

  private final Plan plan;
  private final Wiring wiring;
  private final Applier.Options options;

  /// Steps whose needs are done and that were not begun, by rotation and in the order of the plan.
  private final Map<String, TreeMap<Integer, Step>> open = new LinkedHashMap<>();

  private final Map<String, Integer> unmet = new HashMap<>();
  private final Map<String, List<Step>> dependents = new HashMap<>();
  private final Map<String, Integer> unmetByGate = new HashMap<>();
  private final Map<String, List<Gate>> gatesAfter = new HashMap<>();
  private final Map<String, List<Gate>> gatesBefore = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<Step, Claims> running = new LinkedHashMap<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> announced = new HashSet<>();
  private final List<Failed> failed = new ArrayList<>();
  private final List<Claims> blocked;
  private Optional<Throwable> ending = Optional.empty();

  /// @param blocked what open steps of earlier runs still claim
  Course(Plan plan, Wiring wiring, Applier.Options options, List<Claims> blocked) {
    this.plan = plan;
    this.wiring = wiring;
    this.options = options;
    this.blocked = new ArrayList<>(blocked);
    for (Step step : plan.steps()) {
      places.put(step.id(), places.size());
      steps.put(step.id(), step);
      Set<String> needs = Set.copyOf(step.needs());
      unmet.put(step.id(), needs.size());
      needs.forEach(need -> dependents.computeIfAbsent(need, _ -> new ArrayList<>()).add(step));
    }
    for (Gate gate : plan.gates()) {
      gate.before()
          .forEach(id -> gatesBefore.computeIfAbsent(id, _ -> new ArrayList<>()).add(gate));
      Set<String> after = Set.copyOf(gate.after());
      if (!after.isEmpty()) { // one more need of all that stand before it
        unmetByGate.put(gate.id(), after.size());
        after.forEach(id -> gatesAfter.computeIfAbsent(id, _ -> new ArrayList<>()).add(gate));
        gate.before().forEach(id -> unmet.merge(id, 1, Integer::sum));
      }
    }
    plan.steps().stream().filter(s -> unmet.get(s.id()) == 0).forEach(this::opens);
  }

  Applier.Result run() {
    do {
      collect();
    } while (goesOn());
    ending.ifPresent(Course::rethrow);
    return new Applier.Result(
        done.size(),
        plan.steps().size(),
        wiring.gates().holding(holding()),
        failed,
        failed.isEmpty() ? List.of() : notBegun());
  }

  private List<Step> notBegun() {
    Set<String> begun = new HashSet<>(done);
    failed.forEach(f -> begun.add(f.step().id()));
    return plan.steps().stream().filter(s -> !begun.contains(s.id())).toList();
  }

  /// Those before what could be done now, and those that what is left to a later plan waits for.
  private List<Gate> holding() {
    Stream<Gate> here = gatesAhead().stream().flatMap(List::stream);
    Stream<Gate> later =
        plan.gates().stream().filter(g -> g.before().isEmpty() && done.containsAll(g.after()));
    return Stream.concat(here, later).distinct().toList();
  }

  /// Begins one step, or waits for what is under way or for a gate.
  ///
  /// @return false when nothing is left that this run may do
  private boolean goesOn() {
    Optional<Step> next = mayBegin() ? next() : Optional.empty();
    if (next.isPresent()) {
      begin(next.get());
      return true;
    }
    if (ended.isEmpty() && !running.isEmpty()) {
      await(untilNextGate().orElse(LONG));
    }
    return !ended.isEmpty() || !running.isEmpty() || waitForGate();
  }

  private boolean mayBegin() {
    return ending.isEmpty()
        && (failed.isEmpty() || options.pace().onFailure() == OnFailure.CONTINUE_INDEPENDENT)
        && running.size() < options.pace().atOnce();
  }

  /// Of the rotation that has the least under way, so that a long one does not keep others waiting.
  private Optional<Step> next() {
    List<Claims> taken = new ArrayList<>(running.values());
    taken.addAll(blocked);
    boolean operationFree =
        running.keySet().stream().filter(Course::isOperation).count() < Pace.OPERATIONS;
    return open.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, TreeMap<Integer, Step>> e) -> underWay(e.getKey()))
                .thenComparing(e -> e.getValue().firstKey()))
        .flatMap(e -> e.getValue().values().stream())
        .filter(step -> operationFree || !isOperation(step))
        .filter(this::gatesAreOpen)
        .filter(step -> free(step, taken))
        .findFirst();
  }

  private long underWay(String rotation) {
    return running.keySet().stream().filter(s -> s.rotation().equals(rotation)).count();
  }

  /// A step that has to wait for another's claims keeps those behind it from getting in between.
  private static boolean free(Step step, List<Claims> taken) {
    Claims claims = Claims.of(step.action());
    boolean free = taken.stream().noneMatch(claims::collidesWith);
    if (!free) {
      taken.add(claims);
    }
    return free;
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

  private boolean gatesAreOpen(Step step) {
    boolean allOpen = true;
    for (Gate gate : gatesBefore.getOrDefault(step.id(), List.of())) {
      if (!wiring.gates().passed(gate)) {
        allOpen = false;
      } else if (wiring.gates().firstPass(gate)) {
        wiring.events().accept(new ApplyEvent.GatePassed(gate));
      }
    }
    return allOpen;
  }

  private void opens(Step step) {
    open.computeIfAbsent(step.rotation(), _ -> new TreeMap<>()).put(places.get(step.id()), step);
  }

  private void begin(Step step) {
    open.get(step.rotation()).remove(places.get(step.id()));
    running.put(step, Claims.of(step.action()));
    wiring.crew().start(() -> carryOut(step));
  }

  /// Whatever happens, the end of the step is told.
  private void carryOut(Step step) {
    Optional<Throwable> failure =
        Optional.of(new IllegalStateException("step " + step.id() + " was torn off"));
    try {
      wiring.work().accept(step);
      failure = Optional.empty();
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    } finally {
      ended.add(new Ended(step, failure));
    }
  }

  private void collect() {
    for (Ended one = ended.poll(); one != null; one = ended.poll()) {
      Claims claims = running.remove(one.step());
      Step step = one.step();
      one.failure()
          .ifPresentOrElse(
              failure -> failed(step, claims, failure),
              () -> {
                done.add(step.id());
                dependents.getOrDefault(step.id(), List.of()).forEach(this::needIsDone);
                gatesAfter.getOrDefault(step.id(), List.of()).forEach(this::beforeGateIsDone);
              });
    }
  }

  private void beforeGateIsDone(Gate gate) {
    if (unmetByGate.merge(gate.id(), -1, Integer::sum) == 0) {
      gate.before().stream()
          .filter(steps::containsKey) // the others were not approved
          .map(steps::get)
          .forEach(this::needIsDone);
    }
  }

  private void needIsDone(Step step) {
    if (unmet.merge(step.id(), -1, Integer::sum) == 0) {
      opens(step);
    }
  }

  private void failed(Step step, Claims claims, Throwable failure) {
    if (failure instanceof NewleafException e && !endsTheRun(e.failure())) {
      failed.add(new Failed(step, e.failure()));
      blocked.add(claims); // what it began may still be under way
    } else if (ending.isEmpty()) {
      ending = Optional.of(failure);
    }
  }

  /// After these nothing more may be begun, whatever else there is to do.
  static boolean endsTheRun(Failure failure) {
    return switch (failure) {
      case Failure.Stopped _, Failure.LockHeld _, Failure.Damaged _ -> true;
      case Failure.Refused _,
          Failure.Stale _,
          Failure.Misconfigured _,
          Failure.InvalidInput _,
          Failure.RemoteError _,
          Failure.Denied _ ->
          false;
    };
  }

  private void await(Duration atMost) {
    try {
      wiring.crew().await(atMost);
    } catch (InterruptedException _) {
      if (ending.isEmpty()) {
        ending = Optional.of(Failures.interrupted("apply"));
      }
    }
  }

  /// @return false when the wait is longer than this run may wait, or no waiting helps
  private boolean waitForGate() {
    Optional<Duration> wait = mayBegin() ? untilNextGate() : Optional.empty();
    wait.ifPresent(this::await);
    // the last gate may have opened since it was asked
    return wait.isPresent() || mayBegin() && next().isPresent();
  }

  /// Until the gate that opens first by itself, if this run may wait that long for it.
  private Optional<Duration> untilNextGate() {
    Optional<Gate> gate = wiring.gates().soonest(gatesAhead());
    if (gate.isEmpty()) {
      return Optional.empty();
    }
    Instant until = wiring.gates().opens(gate.get()).orElseThrow();
    Duration wait = Duration.between(wiring.time().instant(), until);
    if (wait.compareTo(options.waitGates()) > 0) {
      return Optional.empty();
    }
    if (announced.add(gate.get().id())) {
      wiring.events().accept(new ApplyEvent.GateWaiting(gate.get(), until));
    }
    return Optional.of(wait);
  }

  /// The gates before steps whose needs are done; many steps stand before the same.
  private Collection<List<Gate>> gatesAhead() {
    Map<List<String>, List<Gate>> ahead = new LinkedHashMap<>();
    open.values().stream()
        .flatMap(steps -> steps.values().stream())
        .map(step -> gatesBefore.getOrDefault(step.id(), List.of()))
        .forEach(gates -> ahead.putIfAbsent(gates.stream().map(Gate::id).toList(), gates));
    return ahead.values();
  }

  private static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
