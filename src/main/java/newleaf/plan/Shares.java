package newleaf.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A plan divided into what can go on by itself: a share for each CA that is rotated, with all that
/// follows from it, and one for each leaf that is only renewed. Shares may still wait for each
/// other; a step says so in its needs.
public final class Shares {
  private Shares() {}

  /// By name, in the order of the plan: `ca/booking`, or the address of the leaf's place.
  public static Map<String, List<Step>> of(Plan plan) {
    Set<String> rotated = rotated(plan);
    Map<String, List<Step>> shares = new LinkedHashMap<>();
    plan.steps()
        .forEach(s -> shares.computeIfAbsent(name(s, rotated), _ -> new ArrayList<>()).add(s));
    return shares;
  }

  /// Whether a step belongs to the share of that name, also when it began with another plan: what
  /// is left of a rotation may be renewals only.
  public static boolean concerns(String share, Step step) {
    return share.equals("ca/" + step.rotation()) || share.equals(leaf(step));
  }

  private static Set<String> rotated(Plan plan) {
    Set<String> rotated = new HashSet<>();
    for (Step step : plan.steps()) {
      if (changesTrust(step.action())) {
        rotated.add(step.rotation());
      }
    }
    return rotated;
  }

  private static boolean changesTrust(Action action) {
    return switch (action) {
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ -> true;
      case Action.ReissueLeaf _, Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ ->
          false;
    };
  }

  private static String name(Step step, Set<String> rotated) {
    return rotated.contains(step.rotation()) ? "ca/" + step.rotation() : leaf(step);
  }

  private static String leaf(Step step) {
    return switch (step.action()) {
      case Action.ReissueLeaf a -> a.place().address();
      case Action.RollWorker a -> a.target().place().address();
      case Action.ScaleWorker a -> a.target().place().address();
      case Action.AwaitReload a -> a.target().place().address();
      case Action.IssueCa _, Action.TrustCa _, Action.SetFilters _, Action.RetireCa _ ->
          "ca/" + step.rotation();
    };
  }
}
