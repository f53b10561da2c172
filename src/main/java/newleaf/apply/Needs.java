package newleaf.apply;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import newleaf.plan.Gate;
import newleaf.plan.Grouped;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// What steps wait for until others are done. A gate is one more need of all steps behind it, and
/// has those before it for its own.
final class Needs {
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, Integer> unmet = new HashMap<>();
  private final Map<String, Integer> unmetByGate = new HashMap<>();
  private final Grouped<String, Step> dependents = new Grouped<>();
  private final Grouped<String, Gate> gatesAfter = new Grouped<>();

  Needs(Plan plan) {
    for (Step step : plan.steps()) {
      steps.put(step.id(), step);
      Set<String> needs = Set.copyOf(step.needs());
      unmet.put(step.id(), needs.size());
      needs.forEach(need -> dependents.add(need, step));
    }
    for (Gate gate : plan.gates()) {
      Set<String> after = Set.copyOf(gate.after());
      if (!after.isEmpty()) {
        unmetByGate.put(gate.id(), after.size());
        after.forEach(id -> gatesAfter.add(id, gate));
        gate.before().forEach(id -> unmet.merge(id, 1, Integer::sum));
      }
    }
  }

  boolean areMet(Step step) {
    return unmet.get(step.id()) == 0;
  }

  /// @param met is told of each step that needs nothing more
  void done(Step step, Consumer<Step> met) {
    dependents.of(step.id()).forEach(next -> oneLess(next, met));
    for (Gate gate : gatesAfter.of(step.id())) {
      if (unmetByGate.merge(gate.id(), -1, Integer::sum) == 0) {
        gate.before().stream()
            .filter(steps::containsKey) // the others were not approved
            .forEach(id -> oneLess(steps.get(id), met));
      }
    }
  }

  private void oneLess(Step step, Consumer<Step> met) {
    if (unmet.merge(step.id(), -1, Integer::sum) == 0) {
      met.accept(step);
    }
  }
}
