package newleaf.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// The steps of a plan that take trust away, or work.
final class Warnings {
  private Warnings() {}

  /// One line for each kind, in Markdown.
  static List<String> of(Plan plan) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      String warning = of(step);
      if (!warning.isEmpty()) {
        ids.computeIfAbsent(warning, _ -> new ArrayList<>()).add(step.id());
      }
    }
    List<String> lines = new ArrayList<>();
    ids.forEach((warning, steps) -> lines.add(Markdown.code(Words.steps(steps)) + " " + warning));
    return lines;
  }

  private static String of(Step step) {
    return switch (step.action()) {
      case Action.RetireCa a ->
          "removes trust: from then on leaves of %s (`%s`) are refused."
              .formatted(Markdown.code(a.oldAddress()), a.certificate().fingerprint().shortText());
      case Action.SetFilters a when narrows(a) ->
          "narrows filters: from then on leaves that pass none of those left are refused.";
      case Action.ScaleWorker _ -> "scales to 0 and back: no worker of it runs in between.";
      case Action.IssueCa _,
          Action.TrustCa _,
          Action.SetFilters _,
          Action.ReissueLeaf _,
          Action.RollWorker _,
          Action.AwaitReload _ ->
          "";
    };
  }

  private static boolean narrows(Action.SetFilters action) {
    boolean first = action.before().isEmpty() && !action.after().isEmpty();
    return first || (!action.after().isEmpty() && !action.after().containsAll(action.before()));
  }
}
