package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import newleaf.cert.Fingerprint;
import newleaf.json.Json;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// How a plan that somebody agreed to differs from the one that is due now.
public final class PlanDiff {
  private static final int CONTEXT = 3;

  private PlanDiff() {}

  /// A unified diff without clock readings; empty when both would do the same.
  public static String of(Plan expected, Plan now) {
    if (expected.recount().equals(now.recount())) {
      return "";
    }
    List<String> diff = diff(read(expected), read(now));
    // they read alike and differ in what only apply needs to know
    return text(diff.isEmpty() ? diff(written(expected), written(now)) : diff);
  }

  private static List<String> diff(List<String> expected, List<String> now) {
    return UnifiedDiff.of(
        "the plan that was expected", expected, "the plan as of now", now, CONTEXT);
  }

  private static String text(List<String> lines) {
    StringBuilder out = new StringBuilder();
    lines.forEach(l -> out.append(Words.safe(l)).append('\n'));
    return out.toString();
  }

  private static List<String> read(Plan plan) {
    Bundles bundles = new Bundles(plan);
    List<String> lines = new ArrayList<>();
    lines.add("config " + plan.desiredDigest());
    plan.rollback().ifPresent(r -> lines.add("rollback %s to G%d".formatted(r.ca(), r.to())));
    for (Step step : plan.steps()) {
      lines.add(
          "%s %s %s%s"
              .formatted(
                  step.id(),
                  step.verb(),
                  step.address(),
                  step.needs().isEmpty() ? "" : ", after " + Words.steps(step.needs())));
      lines.add("    " + ActionText.effect(step, bundles, Words::safe));
      details(step, bundles).forEach(l -> lines.add("    " + l));
    }
    plan.gates().forEach(g -> lines.add(gate(g)));
    return lines;
  }

  private static List<String> details(Step step, Bundles bundles) {
    List<String> lines = new ArrayList<>();
    bundles
        .of(step)
        .ifPresent(change -> {
          change.added().forEach(ca -> lines.add("adds " + ca(ca)));
          change.dropped().forEach(ca -> lines.add("drops " + ca(ca)));
        });
    if (step.action() instanceof Action.SetFilters set) {
      Effects.filters(set.before(), set.after())
          .forEach(r -> lines.add(r.marked(r.cells().getFirst())));
    }
    if (step.action() instanceof Action.ReissueLeaf leaf) {
      lines.add(leaf.profile().subject().text());
      leaf.replaces().ifPresent(f -> lines.add("replaces " + f.shortText()));
    }
    return lines;
  }

  private static String ca(Bundles.Ca ca) {
    return "%s %s %s"
        .formatted(
            ca.address(), ca.subject(), ca.fingerprint().map(Fingerprint::shortText).orElse(""));
  }

  private static String gate(Gate gate) {
    String what =
        switch (gate) {
          case Gate.Soak soak -> Words.duration(soak.duration());
          case Gate.Approval approval -> approval.question();
          case Gate.NotBefore notBefore -> Words.time(notBefore.at());
          case Gate.Acknowledgement clients -> String.join(", ", clients.clients());
        };
    return "gate %s: %s%s%s"
        .formatted(
            gate.id(), what, steps(", after ", gate.after()), steps(", before ", gate.before()));
  }

  private static String steps(String lead, List<String> ids) {
    return ids.isEmpty() ? "" : lead + Words.steps(ids);
  }

  private static List<String> written(Plan plan) {
    return plan.steps().stream()
        .flatMap(s -> (s.id() + " " + Json.pretty(s.action())).lines())
        .toList();
  }
}
