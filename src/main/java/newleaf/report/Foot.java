package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import newleaf.plan.Plan;
import newleaf.plan.Summary;

/// The end of a plan: what it adds up to, what is next, and how to go on.
final class Foot {
  private Foot() {}

  static void add(Plan plan, Sheet sheet) {
    if (!plan.steps().isEmpty()) {
      sheet.wrapped(Tone.HEAD, "Plan: ", sum(plan.summary()) + ".");
      sheet.line(Tone.HEAD, ready(plan));
    } else if (plan.applyable()) {
      sheet.line(Tone.HEAD, nothing(plan));
    }
    sheet.wrapped(Tone.HEAD, "Next due: ", DueText.next(plan, Words::safe) + ".");
    if (!plan.isEmpty()) {
      sheet.line("Digest " + plan.digest());
    }
    NextCommand.of(plan)
        .ifPresent(
            next -> sheet.command(Tone.PLAIN, next.lead() + ": ", next.command(), next.options()));
  }

  private static String nothing(Plan plan) {
    return plan.isEmpty()
        ? "No changes. Everything is as " + plan.file() + " asks for."
        : "Nothing has to move. Applying this plan only has later ones keep to it.";
  }

  static String ready(Plan plan) {
    if (!plan.applyable()) {
      return "None of %s can run before that is settled."
          .formatted(Words.count(plan.steps().size(), "step"));
    }
    long now = plan.steps().stream().filter(new WhenText(plan)::isNow).count();
    return "%d of %s can run now.".formatted(now, Words.count(plan.steps().size(), "step"));
  }

  /// `1 to issue, 2 to reissue; 1 gate`
  static String sum(Summary summary) {
    List<String> parts = new ArrayList<>();
    add(parts, summary.issue(), "issue");
    add(parts, summary.trust(), "trust");
    add(parts, summary.filter(), "filter");
    add(parts, summary.reissue(), "reissue");
    add(parts, summary.roll(), "roll");
    add(parts, summary.scale(), "scale");
    add(parts, summary.reload(), "reload");
    add(parts, summary.retire(), "retire");
    return String.join(", ", parts)
        + (summary.gates() == 0 ? "" : "; " + Words.count(summary.gates(), "gate"))
        + (summary.approvals() == 0 ? "" : ", " + Words.count(summary.approvals(), "approval"));
  }

  private static void add(List<String> parts, int number, String verb) {
    if (number > 0) {
      parts.add(number + " to " + verb);
    }
  }
}
