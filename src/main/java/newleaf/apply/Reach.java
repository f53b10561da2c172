package newleaf.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import newleaf.journal.Journal;
import newleaf.observed.Recorded;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Waits;

/// How far a part of a plan can be carried out now.
///
/// @param steps those that no shut gate holds back, in the order of the plan; each stands behind
///   what it needs of them
/// @param holding the gates at which the part waits
/// @param opens when time opens the first of them
/// @param elsewhere something is left that needs a step of another part
public record Reach(
    List<Step> steps, List<Gate> holding, Optional<Instant> opens, boolean elsewhere) {
  public Reach {
    steps = List.copyOf(steps);
    holding = List.copyOf(holding);
  }

  /// A soak that begins here is written down.
  ///
  /// @param part steps of the plan
  public static Reach of(Plan plan, List<Step> part, Journal journal, Timeline time) {
    return new Walk(new Gates(journal, time), new Waits(plan.gates())).through(part);
  }

  /// Whether a step does what one of that plan does, and what that one waits for is over: for
  /// whoever is asked for steps by somebody else.
  ///
  /// @param recorded what the journal knows of gates; asked for only where there are some
  public static boolean permits(
      Plan approved, Step step, Supplier<Recorded> recorded, Instant now) {
    Waits waits = new Waits(approved.gates());
    return approved.steps().stream()
        .filter(s -> s.action().equals(step.action()))
        .anyMatch(s -> waits.before(s).stream().allMatch(g -> isOver(g, recorded.get(), now)));
  }

  private static boolean isOver(Gate gate, Recorded recorded, Instant now) {
    return switch (gate) {
      case Gate.Soak soak ->
          Optional.ofNullable(recorded.gatesOpenedAt().get(soak.id()))
              .filter(t -> !now.isBefore(t.plus(soak.duration())))
              .isPresent();
      case Gate.Approval approval -> recorded.approvals().contains(approval.id());
      case Gate.NotBefore notBefore -> notBefore.isOpen(now);
      case Gate.Acknowledgement _ -> false;
    };
  }

  /// Nothing of the part is left.
  public boolean isDone() {
    return steps.isEmpty() && holding.isEmpty() && !elsewhere;
  }

  private static final class Walk {
    private final Gates gates;
    private final Waits waits;
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> reached = new HashSet<>();
    private final Map<String, Gate> holding = new LinkedHashMap<>();
    private boolean elsewhere;

    Walk(Gates gates, Waits waits) {
      this.gates = gates;
      this.waits = waits;
    }

    Reach through(List<Step> part) {
      Set<String> mine = new HashSet<>();
      for (Step step : part) {
        mine.add(step.id());
        visit(step, mine);
      }
      List<Gate> held = gates.holding(holding.values());
      Optional<Instant> opens =
          held.stream().flatMap(g -> gates.opens(g).stream()).min(Instant::compareTo);
      return new Reach(steps, held, opens, elsewhere);
    }

    private void visit(Step step, Set<String> mine) {
      elsewhere |= !mine.containsAll(step.needs());
      if (!reached.containsAll(step.needs())) {
        return;
      }
      List<Gate> shut = waits.before(step).stream().filter(g -> !open(g)).toList();
      if (shut.isEmpty()) {
        steps.add(step);
        reached.add(step.id());
      }
      for (Gate gate : shut) {
        elsewhere |= !mine.containsAll(gate.after());
        if (step.needs().isEmpty() && gate.after().isEmpty()) { // else others come first
          holding.put(gate.id(), gate);
        }
      }
    }

    /// A gate behind steps that are still to be done is not asked: it may begin a wait.
    private boolean open(Gate gate) {
      return gate.after().isEmpty() && gates.passed(gate);
    }
  }
}
