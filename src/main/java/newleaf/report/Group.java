package newleaf.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import newleaf.plan.Terms;

/// Steps that are told together: one, or more than 20 with the same effect on different resources.
record Group(List<Step> steps) {
  private static final int MANY = 20;

  private record Alike(String verb, Effect shared, Reason reason, Terms terms) {}

  Step first() {
    return steps.getFirst();
  }

  boolean isOne() {
    return steps.size() == 1;
  }

  List<String> ids() {
    return steps.stream().map(Step::id).toList();
  }

  /// `namespace/a`, or `30 namespaces`
  String what() {
    return isOne() ? first().address() : steps.size() + " " + ActionText.plural(first().action());
  }

  /// Each may wait for a step of its own.
  String when(Function<Step, String> of) {
    List<String> each = steps.stream().map(of).distinct().toList();
    if (each.size() == 1) {
      return each.getFirst();
    }
    List<String> needs = steps.stream().flatMap(s -> s.needs().stream()).distinct().toList();
    return "each after its own of " + Words.steps(needs);
  }

  /// The groups of a rotation, in its order. Only steps that follow each other and have one verb
  /// can be told together, so what comes before what stays as it is.
  static List<Group> of(List<Step> rotation, Effects effects) {
    List<Group> groups = new ArrayList<>();
    List<Step> run = new ArrayList<>();
    for (Step step : rotation) {
      if (!run.isEmpty() && !run.getLast().verb().equals(step.verb())) {
        groups.addAll(split(run, effects));
        run.clear();
      }
      run.add(step);
    }
    groups.addAll(split(run, effects));
    return groups;
  }

  private static List<Group> split(List<Step> run, Effects effects) {
    if (run.size() <= MANY) {
      return run.stream().map(s -> new Group(List.of(s))).toList();
    }
    Map<Alike, List<Step>> alike = new LinkedHashMap<>();
    for (Step step : run) {
      alike.computeIfAbsent(alike(step, effects), _ -> new ArrayList<>()).add(step);
    }
    List<Group> groups = new ArrayList<>();
    for (List<Step> steps : alike.values()) {
      if (steps.size() > MANY) {
        groups.add(new Group(List.copyOf(steps)));
      } else {
        steps.forEach(s -> groups.add(new Group(List.of(s))));
      }
    }
    return groups;
  }

  /// What was seen of each resource differs, and does not count.
  private static Alike alike(Step step, Effects effects) {
    Effect shared = effects.shared(step);
    Terms terms = step.terms();
    return new Alike(
        step.verb(),
        new Effect(shared.line(), shared.rows(), shared.stretch(), List.of()),
        step.reason(),
        new Terms(List.of(), terms.proofs(), terms.undo(), terms.estimate()));
  }
}
