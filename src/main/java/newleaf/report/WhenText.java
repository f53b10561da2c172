package newleaf.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// When a step can begin: `now`, `after s2-s6`, `after gate soak/ca/booking-g1, not before ...`.
final class WhenText {
  private WhenText() {}

  static String of(Plan plan, Step step) {
    return of(plan, step, Words::safe)
        + step.notBefore()
            .filter(t -> t.isAfter(plan.asOf()))
            .map(t -> ", not before " + Words.time(t))
            .orElse("");
  }

  static boolean isNow(Plan plan, Step step) {
    return step.needs().isEmpty() && shut(plan, step).isEmpty();
  }

  /// Without clock readings.
  static String of(Plan plan, Step step, UnaryOperator<String> name) {
    List<Gate> gates = shut(plan, step);
    List<String> after = new ArrayList<>();
    List<String> steps = uncovered(step, gates);
    if (!steps.isEmpty()) {
      after.add(Words.steps(steps));
    }
    gates.forEach(g -> after.add("gate " + name.apply(g.id())));
    return after.isEmpty() ? "now" : "after " + String.join(" and ", after);
  }

  private static List<Gate> shut(Plan plan, Step step) {
    return plan.gatesBefore(step).stream().filter(g -> !g.isOpen(plan.asOf())).toList();
  }

  /// What a gate waits for need not be said again behind it.
  private static List<String> uncovered(Step step, List<Gate> gates) {
    Set<String> covered = new HashSet<>();
    gates.forEach(g -> covered.addAll(g.after()));
    return step.needs().stream().filter(s -> !covered.contains(s)).toList();
  }
}
