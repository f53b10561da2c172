package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// The steps of a plan as a Markdown table, one row for each, or for many that are alike.
final class PlanTable {
  private final Plan plan;
  private final Effects effects;
  private final WhenText when;

  PlanTable(Plan plan, Effects effects) {
    this.plan = plan;
    this.when = new WhenText(plan);
    this.effects = effects;
  }

  String steps() {
    StringBuilder table = new StringBuilder("| | step | resource | effect | when |\n");
    table.append("|---|---|---|---|---|\n");
    for (List<Step> rotation : Rotations.of(plan).values()) {
      Group.of(rotation, effects).forEach(group -> table.append(row(group)));
    }
    return table.toString();
  }

  /// One row for each rotation, when rows for steps would be too many.
  String rotations() {
    StringBuilder table = new StringBuilder("| rotation | steps |\n|---|---|\n");
    Rotations.of(plan)
        .forEach((name, steps) ->
            table.append(
                "| %s %s | %d |\n"
                    .formatted(
                        Markdown.code(name), Rotations.change(plan, name, steps), steps.size())));
    return table.toString();
  }

  private String row(Group group) {
    Step step = group.first();
    String what = group.isOne() ? Markdown.code(step.address()) : "same change on " + group.what();
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            Markdown.code("" + ActionText.mark(step.action())),
            Words.steps(group.ids()),
            what,
            effect(group),
            group.when(s -> when.of(s, Markdown::code)));
  }

  private String effect(Group group) {
    Step step = group.first();
    String effect = ActionText.effect(step, effects.bundles(), Markdown::code);
    List<String> more =
        switch (step.action()) {
          case Action.TrustCa _, Action.RetireCa _ -> bundle(step);
          case Action.SetFilters a -> filters(a);
          case Action.ReissueLeaf a when group.isOne() -> old(a);
          case Action.ReissueLeaf _,
              Action.IssueCa _,
              Action.RollWorker _,
              Action.ScaleWorker _,
              Action.AwaitReload _ ->
              List.of();
        };
    return more.isEmpty() ? effect : effect + ", " + String.join(", ", more);
  }

  private List<String> bundle(Step step) {
    List<String> parts = new ArrayList<>();
    effects
        .bundles()
        .of(step)
        .ifPresent(change -> {
          change.added().forEach(ca -> parts.add("adds " + ca(ca)));
          change.dropped().forEach(ca -> parts.add("**drops** " + ca(ca)));
        });
    return parts;
  }

  private static String ca(Bundles.Ca ca) {
    return Markdown.code(ca.address())
        + ca.fingerprint().map(f -> " " + Markdown.code(f.shortText())).orElse("");
  }

  private static List<String> filters(Action.SetFilters action) {
    List<String> parts = new ArrayList<>();
    add(parts, "adds", minus(action.after(), action.before()));
    add(parts, "**drops**", minus(action.before(), action.after()));
    return parts;
  }

  private static List<CertificateFilter> minus(
      List<CertificateFilter> some, List<CertificateFilter> others) {
    return some.stream().filter(f -> !others.contains(f)).toList();
  }

  private static void add(List<String> parts, String verb, List<CertificateFilter> filters) {
    if (!filters.isEmpty()) {
      parts.add(
          verb + " " + Words.few(filters.stream().map(f -> Markdown.code(f.text())).toList()));
    }
  }

  private List<String> old(Action.ReissueLeaf action) {
    return action.replaces().stream()
        .map(f -> "replaces " + Markdown.code(f.shortText()) + end(f))
        .toList();
  }

  private String end(Fingerprint fingerprint) {
    return effects
        .certificate(fingerprint)
        .map(c -> " " + Words.until(c.validity().notAfter(), plan.asOf()))
        .orElse("");
  }
}
