package newleaf.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// Faults of the protocol that stand in the plan: steps in another order, gates left out.
final class PlantedPlans {
  private PlantedPlans() {}

  static Map<String, Plant> all() {
    Map<String, Plant> all = new TreeMap<>();
    all.put("soak ignored", of(p -> gates(p, g -> !(g instanceof Gate.Soak))));
    all.put("approval ignored", of(p -> gates(p, g -> !(g instanceof Gate.Approval))));
    all.put(
        "client not acknowledged", of(p -> gates(p, g -> !(g instanceof Gate.Acknowledgement))));
    all.put("retire before verify", of(PlantedPlans::retireEarly));
    all.put("reissue before trust", of(PlantedPlans::reissueEarly));
    all.put("filters set before leaves move", of(PlantedPlans::filterEarly));
    all.put("workers not rolled", of(PlantedPlans::withoutRolls));
    return all;
  }

  private static Plant of(UnaryOperator<Plan> rewrite) {
    return new Plant() {
      @Override
      public Plan plan(Plan plan) {
        return rewrite.apply(plan);
      }
    };
  }

  private static Plan gates(Plan plan, Predicate<Gate> kept) {
    return with(plan, plan.steps(), plan.gates().stream().filter(kept).toList());
  }

  private static Plan retireEarly(Plan plan) {
    List<Step> steps = plan.steps().stream().map(PlantedPlans::retiring).toList();
    return with(
        plan, first(steps, s -> s.action() instanceof Action.RetireCa ? 1 : trusts(s)), List.of());
  }

  private static int trusts(Step step) {
    return step.action() instanceof Action.IssueCa || step.action() instanceof Action.TrustCa
        ? 0
        : 2;
  }

  private static Step retiring(Step step) {
    return step.action() instanceof Action.RetireCa a
        ? step(
            step,
            new Action.RetireCa(
                a.namespace(),
                a.old(),
                a.certificate(),
                a.successor(),
                a.expired(),
                a.probe(),
                List.of()),
            List.of())
        : step;
  }

  private static Plan reissueEarly(Plan plan) {
    List<Step> steps = plan.steps().stream().map(PlantedPlans::reissuing).toList();
    return with(
        plan,
        first(
            steps,
            s ->
                switch (s.action()) {
                  case Action.IssueCa _ -> 0;
                  case Action.ReissueLeaf _ -> 1;
                  default -> 2;
                }),
        plan.gates());
  }

  private static Step reissuing(Step step) {
    return step.action() instanceof Action.ReissueLeaf a
        ? step(
            step,
            new Action.ReissueLeaf(a.place(), a.ca(), a.profile(), List.of(), a.replaces()),
            List.of())
        : step;
  }

  private static Plan filterEarly(Plan plan) {
    List<Step> steps =
        plan.steps().stream()
            .map(s ->
                s.action() instanceof Action.SetFilters a
                    ? step(
                        s,
                        new Action.SetFilters(
                            a.namespace(), a.before(), a.after(), a.expired(), List.of()),
                        List.of())
                    : s)
            .toList();
    return with(
        plan,
        first(
            steps,
            s ->
                switch (s.action()) {
                  case Action.IssueCa _ -> 0;
                  case Action.SetFilters _ -> 1;
                  default -> 2;
                }),
        plan.gates());
  }

  private static Plan withoutRolls(Plan plan) {
    List<String> out =
        plan.steps().stream()
            .filter(s ->
                s.action() instanceof Action.RollWorker || s.action() instanceof Action.ScaleWorker)
            .map(Step::id)
            .toList();
    List<Step> kept = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (!out.contains(step.id())) {
        List<String> needs = new ArrayList<>(step.needs());
        needs.removeAll(out);
        kept.add(step(retiring(step), retiring(step).action(), needs));
      }
    }
    return with(plan, kept, plan.gates());
  }

  private static List<Step> first(List<Step> steps, ToIntFunction<Step> order) {
    return steps.stream().sorted(Comparator.comparingInt(order)).toList();
  }

  private static Step step(Step step, Action action, List<String> needs) {
    return new Step(
        step.id(),
        step.rotation(),
        step.verb(),
        step.address(),
        action,
        step.reason(),
        needs,
        Optional.empty(),
        step.terms());
  }

  private static Plan with(Plan p, List<Step> steps, List<Gate> gates) {
    return new Plan(
        p.formatVersion(),
        p.newleafVersion(),
        p.digest(),
        p.asOf(),
        p.expiresAt(),
        p.file(),
        p.desiredDigest(),
        p.journal(),
        p.rollback(),
        p.looked(),
        p.applyable(),
        p.summary(),
        p.nextDue(),
        p.rotations(),
        steps,
        gates,
        p.blockers(),
        p.upcoming(),
        p.notices(),
        p.namespaces(),
        p.known(),
        p.laterRemovals(),
        p.evidence());
  }
}
