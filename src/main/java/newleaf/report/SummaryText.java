package newleaf.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.apply.Ending;
import newleaf.plan.Gate;
import newleaf.plan.Step;

/// The end of an apply: what is done, what failed and why, what waits, and one thing to type next.
public final class SummaryText {
  private final Ending ending;
  private final String file;
  private final Sheet sheet = new Sheet();

  private SummaryText(Ending ending, String file) {
    this.ending = ending;
    this.file = file;
  }

  /// @param file the YAML, as named on the command line
  public static String of(Ending ending, String file) {
    SummaryText text = new SummaryText(ending, file);
    text.head();
    text.failures();
    text.heldBack();
    for (Gate gate : ending.waiting()) {
      text.sheet.wrapped(
          Tone.WAIT, "Waiting: ", Words.safe(gate.id() + ": " + GateText.what(gate)));
    }
    text.next();
    return text.sheet.text(false);
  }

  private void head() {
    List<String> rest = new ArrayList<>();
    add(rest, ending.failed().size(), "failed");
    add(rest, ending.heldBack().size(), "held back");
    if (!ending.waiting().isEmpty()) {
      rest.add(Words.count(ending.waiting().size(), "gate") + " shut");
    }
    rest.add("took " + Words.span(ending.took()));
    sheet.wrapped(
        Tone.HEAD,
        "",
        "Applied %d of %s. %s."
            .formatted(
                ending.done(), Words.count(ending.of(), "step"), capital(String.join(", ", rest))));
  }

  private static void add(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what);
    }
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /// What stopped several steps (a peer that went away) is told once.
  private void failures() {
    Map<Failure, List<Step>> steps = new LinkedHashMap<>();
    ending
        .failed()
        .forEach(f -> steps.computeIfAbsent(f.failure(), _ -> new ArrayList<>()).add(f.step()));
    steps.forEach((failure, failed) -> {
      sheet.wrapped(
          Tone.ALARM, "Failed: ", Words.few(failed.stream().map(SummaryText::name).toList()));
      Explained.of(failure).forEach(this::failure);
    });
  }

  private static String name(Step step) {
    return step.id() + " " + step.verb() + " " + step.address();
  }

  private void failure(Explanation why) {
    sheet.wrapped(Tone.PLAIN, "  ", why.code() + " " + why.where() + ": " + why.what());
    if (!why.next().isBlank()) {
      sheet.wrapped(Tone.PLAIN, "  ", why.next());
    }
    sheet.line("  More: newleaf explain " + why.code());
  }

  private void heldBack() {
    if (!ending.heldBack().isEmpty()) {
      sheet.wrapped(
          Tone.WAIT,
          "Held back: ",
          Words.steps(ending.heldBack().stream().map(Step::id).toList())
              + ", because of what failed.");
    }
  }

  /// The first that helps: repair, say yes, vouch, or wait.
  private void next() {
    if (!ending.failed().isEmpty()) {
      boolean moved = ending.failed().stream().anyMatch(f -> f.failure() instanceof Failure.Stale);
      command(moved ? "Look again" : "Once that is settled", moved ? "plan" : "apply", "");
      return;
    }
    List<String> approvals =
        ending.waiting().stream()
            .<String>mapMulti((gate, out) -> GateText.approve(gate).ifPresent(out))
            .toList();
    if (!approvals.isEmpty()) {
      command("To say yes", "apply", String.join(" ", approvals));
    } else if (ending.waiting().stream().anyMatch(Gate.Acknowledgement.class::isInstance)) {
      command("Once they are acknowledged", "plan", "");
    } else if (!ending.waiting().isEmpty()) {
      command("The rest goes on with", "apply", "");
    }
  }

  private void command(String lead, String verb, String options) {
    sheet.command(Tone.PLAIN, lead + ": ", "newleaf " + verb + " -f " + Words.shell(file), options);
  }
}
