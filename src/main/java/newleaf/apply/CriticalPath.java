package newleaf.apply;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import newleaf.plan.Gate;
import newleaf.plan.Grouped;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// How long it takes at least from the beginning of a step to the end of the last one that has to
/// follow it, by the estimates of the plan and its soaks. The plan can not be over sooner than its
/// longest chain, so what has the longest before it goes first, where [Course] has no other reason.
final class CriticalPath {
  private final Map<String, Duration> chains = new HashMap<>();
  private final Map<String, Duration> behind = new HashMap<>();
  private final Grouped<String, Gate> gatesAfter = new Grouped<>();
  private final Map<String, Duration> behindGates = new HashMap<>();

  private CriticalPath(Plan plan) {
    for (Gate gate : plan.gates()) {
      gate.after().forEach(id -> gatesAfter.add(id, gate));
    }
    plan.steps().reversed().forEach(this::add); // what needs a step stands behind it
  }

  /// The steps in the order in which they should begin: the longest chain first, and as in the plan
  /// where chains are equally long.
  static List<Step> order(Plan plan) {
    Map<String, Duration> chains = new CriticalPath(plan).chains;
    return plan.steps().stream()
        .sorted(Comparator.comparing((Step step) -> chains.get(step.id())).reversed())
        .toList();
  }

  private void add(Step step) {
    Duration longest = behind.getOrDefault(step.id(), Duration.ZERO);
    for (Gate gate : gatesAfter.of(step.id())) {
      longest = longer(longest, behindGates.computeIfAbsent(gate.id(), _ -> behind(gate)));
    }
    Duration chain = step.terms().estimate().plus(longest);
    chains.put(step.id(), chain);
    step.needs().forEach(need -> behind.merge(need, chain, CriticalPath::longer));
  }

  /// Once for all steps before it: a gate may stand between thousands and thousands.
  private Duration behind(Gate gate) {
    Duration wait = gate instanceof Gate.Soak soak ? soak.duration() : Duration.ZERO;
    return gate.before().stream()
        .map(id -> chains.getOrDefault(id, Duration.ZERO))
        .reduce(Duration.ZERO, CriticalPath::longer)
        .plus(wait);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
