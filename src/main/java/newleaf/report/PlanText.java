package newleaf.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
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
  private static final int COLUMNS = 100;
  private static final String DETAIL = " ".repeat(17);
  private static final String GATE = "  --  ";

  private static final Pattern COMMAND = Pattern.compile(" [A-Z][^.?!]*: newleaf apply .*");

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
    text.notices();
    text.foot();
    return text.out.toString();
  }

  private void head() {
    line("newleaf plan  %s   as of %s", plan.file(), Words.time(plan.asOf()));
    line(
        "Looked at %s, %s, %s.",
        Words.count(plan.looked().namespaces(), "namespace"),
        Words.count(plan.looked().workers(), "worker group"),
        plan.looked().leaves() == 1 ? "1 leaf" : plan.looked().leaves() + " leaves");
    deadline();
    line("");
  }

  private void rotations() {
    List<String> names = plan.steps().stream().map(Step::rotation).distinct().toList();
    for (String name : names) {
      line("%s", title(name));
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
            line("Deadline %s: %s ends, %s left.", Words.day(due.at()), due.address(), left(due)));
  }

  private String left(Due due) {
    Duration left = Duration.between(plan.asOf(), due.at());
    return left.isNegative() ? "nothing" : Words.about(left);
  }

  private void step(Step step) {
    line(
        "  %-3s %c %-8s %s",
        step.id(), ActionText.mark(step.action()), step.action().verb(), step.action().address());
    wrapped(DETAIL, ActionText.effect(step.action()));
    wrapped(DETAIL + "why:   ", ReasonText.of(step.reason()));
    wrapped(DETAIL + "proof: ", ActionText.proof(step.action()));
  }

  /// A gate stands before the first step that waits for it.
  private void gates(Step step) {
    for (Gate gate : plan.gatesBefore(step)) {
      if (gate.before().getFirst().equals(step.id())) {
        wrapped(GATE, "gate " + GateText.of(gate));
      }
    }
  }

  /// Goes on below the text, not below what introduces it.
  private void wrapped(String lead, String text) {
    StringBuilder line = new StringBuilder(lead);
    for (String word : words(text)) {
      if (line.length() > lead.length() && line.length() + 1 + word.length() > COLUMNS) {
        line("%s", line);
        line.setLength(0);
        line.append(" ".repeat(lead.length()));
      } else if (line.length() > lead.length()) {
        line.append(' ');
      }
      line.append(word);
    }
    line("%s", line);
  }

  /// A sentence with a command to copy is one word.
  private static List<String> words(String text) {
    Matcher command = COMMAND.matcher(text);
    if (!command.find()) {
      return List.of(text.split(" "));
    }
    List<String> words = new ArrayList<>(List.of(text.substring(0, command.start()).split(" ")));
    words.add(command.group().strip());
    return words;
  }

  private void blockers() {
    if (plan.blockers().isEmpty()) {
      return;
    }
    line("This plan can not be applied as things are:");
    for (Blocker blocker : plan.blockers()) {
      wrapped("  ", blocker.text().toString());
    }
    line("");
  }

  private void notices() {
    plan.notices().forEach(notice -> wrapped("Note: ", NoticeText.of(notice)));
    if (!plan.notices().isEmpty()) {
      line("");
    }
  }

  private void foot() {
    if (plan.isEmpty()) {
      line("No changes. Everything is as %s asks for.", plan.file());
    } else {
      wrapped("Plan: ", summary() + ".");
    }
    plan.upcoming().stream()
        .findFirst()
        .ifPresent(due ->
            line(
                "Next due: %s %s (%s).",
                due.address(),
                Words.day(due.at()),
                Words.about(Duration.between(plan.asOf(), due.at()))));
  }

  private String summary() {
    String steps =
        plan.steps().stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.action().verb(), java.util.LinkedHashMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(e -> e.getValue() + " to " + e.getKey())
            .collect(Collectors.joining(", "));
    return plan.gates().isEmpty() ? steps : steps + "; " + Words.count(plan.gates().size(), "gate");
  }

  /// Whatever a name holds, a line stays one line.
  private void line(String format, Object... values) {
    out.append(Words.safe(format.formatted(values)).stripTrailing()).append('\n');
  }
}
