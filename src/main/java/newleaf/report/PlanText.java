package newleaf.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import newleaf.plan.Action;
import newleaf.plan.Blocker;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// A plan for a terminal or a log: at most 100 columns where names allow it, plain ASCII.
public final class PlanText {
  private static final int WIDTH = 100;
  private static final String DETAIL = " ".repeat(17);
  private static final Pattern NEXT_SENTENCE = Pattern.compile("(?<=[.?!]) +(?=[A-Z])");

  private final Plan plan;
  private final StringBuilder out = new StringBuilder();

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  public static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    text.head();
    text.rotations();
    text.blockers();
    text.foot();
    return text.out.toString();
  }

  private void head() {
    line("newleaf plan  %s   as of %s", plan.file(), Words.time(plan.asOf()));
    line(
        "Looked at %s, %s, %s.",
        Words.count(plan.namespaces(), "namespace"),
        Words.count(plan.workers(), "worker group"),
        plan.leaves() == 1 ? "1 leaf" : plan.leaves() + " leaves");
    line("");
  }

  private void rotations() {
    List<String> names = plan.steps().stream().map(Step::rotation).distinct().toList();
    for (String name : names) {
      line("%s", title(name));
      deadline();
      for (Step step : plan.steps()) {
        if (step.rotation().equals(name)) {
          gates(step);
          step(step);
        }
      }
      line("");
    }
  }

  private String title(String rotation) {
    String change =
        plan.steps().stream()
            .filter(s -> s.rotation().equals(rotation))
            .map(s -> s.action() instanceof Action.IssueCa issue ? issue.ca().generation() : 0)
            .filter(g -> g > 0)
            .map(g -> g == 1 ? "  first CA G1" : "  CA G" + (g - 1) + " -> G" + g)
            .findFirst()
            .orElse("");
    return "Rotation " + rotation + change;
  }

  private void deadline() {
    plan.deadline()
        .ifPresent(due ->
            line("  deadline %s: %s ends, %s left", Words.day(due.at()), due.address(), left(due)));
  }

  private String left(Due due) {
    Duration left = Duration.between(plan.asOf(), due.at());
    return left.isNegative() ? "nothing" : Words.about(left);
  }

  private void step(Step step) {
    line(
        "  %-3s %c %-8s %s",
        step.id(), ActionText.mark(step.action()), step.action().verb(), step.action().address());
    detail(ActionText.effect(step.action()));
    detail("why:   " + ReasonText.of(step.reason()));
    detail("proof: " + ActionText.proof(step.action()));
  }

  /// A gate stands before the first step that waits for it.
  private void gates(Step step) {
    for (Gate gate : plan.gatesBefore(step)) {
      if (gate.before().getFirst().equals(step.id())) {
        line("  --  gate %s", GateText.of(gate));
      }
    }
  }

  private void detail(String text) {
    line("%s%s", DETAIL, text);
  }

  private void blockers() {
    if (plan.blockers().isEmpty()) {
      return;
    }
    line("This plan can not be applied as things are:");
    for (Blocker blocker : plan.blockers()) {
      line("  %s", blocker.text());
    }
    line("");
  }

  private void foot() {
    String next = next();
    if (plan.isEmpty()) {
      line("No changes. Everything is as %s asks for.%s", plan.file(), next);
      return;
    }
    line("Plan: %s.%s", summary(), next);
  }

  private String summary() {
    String steps =
        plan.steps().stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.action().verb(), LinkedHashMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " to " + e.getKey())
            .collect(Collectors.joining(", "));
    return plan.gates().isEmpty() ? steps : steps + "; " + Words.count(plan.gates().size(), "gate");
  }

  private String next() {
    return plan.upcoming().stream()
        .findFirst()
        .map(due ->
            "  Next due: %s %s (%s)."
                .formatted(
                    due.address(),
                    Words.day(due.at()),
                    Words.about(Duration.between(plan.asOf(), due.at()))))
        .orElse("");
  }

  /// Whatever a name holds, a line stays a line and goes on below itself when it is too long.
  private void line(String format, Object... values) {
    String text = Words.safe(format.formatted(values)).stripTrailing();
    if (text.length() <= WIDTH) {
      out.append(text).append('\n');
      return;
    }
    String indent = " ".repeat(text.length() - text.stripLeading().length() + 7);
    String row = "";
    for (String sentence : NEXT_SENTENCE.split(text)) {
      if (row.isEmpty() || row.length() + 1 + sentence.length() <= WIDTH) {
        row += row.isEmpty() ? sentence : " " + sentence;
      } else {
        wrap(row, indent);
        row = indent + sentence; // a command to copy is in a sentence of its own, and stays whole
      }
    }
    wrap(row, indent);
  }

  private void wrap(String text, String indent) {
    String rest = text;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
      if (space <= indent.length()) {
        break; // one word that is longer than a line
      }
      out.append(rest, 0, space).append('\n');
      rest = indent + rest.substring(space + 1);
    }
    out.append(rest).append('\n');
  }
}
