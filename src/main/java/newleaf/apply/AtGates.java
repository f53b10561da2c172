package newleaf.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import newleaf.plan.Gate;
import newleaf.plan.Step;
import newleaf.plan.Waits;

/// Steps that only gates hold back. A gate is asked about when the first step comes to it, and then
/// only when its time is there.
final class AtGates {
  /// A gate that time opens.
  record Opening(Gate gate, Instant at) {}

  private final Gates gates;
  private final Waits waits;
  private final Consumer<ApplyEvent> events;

  /// How many gates are shut before a step.
  private final Map<String, Integer> shut = new HashMap<>();

  private final Map<String, List<Step>> behind = new HashMap<>();
  private final PriorityQueue<Opening> openings =
      new PriorityQueue<>(
          Comparator.comparing(Opening::at).thenComparing(opening -> opening.gate().id()));

  AtGates(Gates gates, Waits waits, Consumer<ApplyEvent> events) {
    this.gates = gates;
    this.waits = waits;
    this.events = events;
  }

  /// A step comes whose needs are done.
  ///
  /// @return whether all its gates are open; else it waits here, unless no waiting helps
  boolean isThrough(Step step) {
    List<Gate> closed = waits.before(step).stream().filter(g -> !passed(g)).toList();
    if (closed.stream().allMatch(gate -> gates.opens(gate).isPresent())) {
      shut.put(step.id(), closed.size());
      closed.forEach(gate -> waits(step, gate));
    }
    return closed.isEmpty();
  }

  private boolean passed(Gate gate) {
    boolean passed = gates.passed(gate);
    if (passed && gates.firstPass(gate)) {
      events.accept(new ApplyEvent.GatePassed(gate));
    }
    return passed;
  }

  private void waits(Step step, Gate gate) {
    List<Step> here = behind.get(gate.id());
    if (here == null) {
      here = new ArrayList<>();
      behind.put(gate.id(), here);
      openings.add(new Opening(gate, gates.opens(gate).orElseThrow()));
    }
    here.add(step);
  }

  /// Those whose last gate has opened since this was asked.
  List<Step> opened() {
    List<Step> through = new ArrayList<>();
    while (!openings.isEmpty() && passed(openings.peek().gate())) {
      for (Step step : behind.remove(openings.remove().gate().id())) {
        if (shut.merge(step.id(), -1, Integer::sum) == 0) {
          through.add(step);
        }
      }
    }
    return through;
  }

  /// The gate that opens first, of those where waiting alone helps.
  Optional<Opening> soonest() {
    return Optional.ofNullable(openings.peek());
  }
}
