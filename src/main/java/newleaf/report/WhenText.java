package newleaf.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Waits;

/// When a step can begin: `now`, `after s2-s6`, `after gate soak/ca/booking-g1, not before ...`.
final class WhenText {
  private final Plan plan;
  private final Waits waits;

  WhenText(Plan plan) {
    this.plan = plan;
    this.waits = new Waits(plan.gates());
  }

  String of(Step step) {
    return of(step, Words::safe)
        + step.notBefore()
            .filter(t -> t.isAfter(plan.asOf()))
            .map(t -> ", not before " + Words.time(t))
            .orElse("");
  }

  boolean isNow(Step step) {
    return step.needs().isEmpty() && shut(step).isEmpty();
  }

  /// Without clock readings.
  String of(Step step, UnaryOperator<String> name) {
    List<Gate> gates = shut(step);
    List<String> after = new ArrayList<>();
    List<String> steps = uncovered(step, gates);
    if (!steps.isEmpty()) {
      after.add(Words.steps(steps));
    }
    gates.forEach(g -> after.add("gate " + name.apply(g.id())));
    return after.isEmpty() ? "now" : "after " + String.join(" and ", after);
  }

  private List<Gate> shut(Step step) {
    return waits.shut(step, plan.asOf());
  }

  /// What a gate waits for need not be said again behind it.
  private static List<String> uncovered(Step step, List<Gate> gates) {
    Set<String> covered = new HashSet<>();
    gates.forEach(g -> covered.addAll(g.after()));
    return step.needs().stream().filter(s -> !covered.contains(s)).toList();
  }
}
