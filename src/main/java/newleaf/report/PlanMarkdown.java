package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import newleaf.Explanation;
import newleaf.plan.Evidence;
import newleaf.plan.Plan;
import newleaf.plan.Plan.RotationOutlook;
import newleaf.plan.Step;

/// A plan as a comment on a pull request, found again by the marker in its first line. Never longer
/// than a comment may be: the diff goes first, then the full text, then the steps.
public final class PlanMarkdown {
  /// GitHub refuses more than 65,536 characters; what posts it may add some.
  static final int LIMIT = 60_000;

  private static final int MANY = 20;

  /// From the most that is shown to the least.
  private enum Detail {
    ALL,
    NO_DIFF,
    NO_TEXT,
    NO_STEPS,
    COUNTS
  }

  private final Plan plan;
  private final String name;
  private final Effects effects;
  private final PlanTable table;

  private PlanMarkdown(Plan plan, String name) {
    this.plan = plan;
    this.name = name;
    this.effects = new Effects(plan);
    this.table = new PlanTable(plan, effects);
  }

  /// @param name tells the plans of one repository apart
  public static String of(Plan plan, String name) {
    PlanMarkdown markdown = new PlanMarkdown(plan, name);
    for (Detail detail : Detail.values()) {
      String text = markdown.text(detail);
      if (text.length() <= LIMIT) {
        return text;
      }
    }
    throw new IllegalStateException("counts alone have no " + LIMIT + " characters");
  }

  private String text(Detail detail) {
    List<String> parts = new ArrayList<>();
    parts.add(headline());
    parts.add(blockers(detail));
    if (!plan.steps().isEmpty()) {
      parts.add(rotations(detail));
      parts.add(steps(detail));
      parts.add(later(detail));
      parts.add(warnings(detail));
      parts.add(evidence(detail));
      parts.add(leftOut(detail));
      parts.add(fullText(detail));
      parts.add(diff(detail));
    }
    parts.add(notices(detail));
    parts.add(footer());
    parts.removeIf(String::isEmpty);
    return Markdown.marker(name) + String.join("\n", parts);
  }

  private String headline() {
    String counts =
        plan.steps().isEmpty()
            ? nothing()
            : Words.count(plan.steps().size(), "step")
                + (plan.gates().isEmpty() ? "" : ", " + Words.count(plan.gates().size(), "gate"));
    return "### newleaf plan: %s, **%s**\n\n%sNext due: %s.\n"
        .formatted(
            Markdown.code(name),
            counts,
            plan.steps().isEmpty() ? "" : Foot.ready(plan) + " ",
            DueText.next(plan, Markdown::code));
  }

  private String nothing() {
    if (!plan.applyable()) {
      return "blocked";
    }
    return plan.isEmpty() ? "no changes" : "nothing has to move";
  }

  private String blockers(Detail detail) {
    if (plan.applyable()) {
      return "";
    }
    List<String> lines =
        new ArrayList<>(List.of("**This plan can not be applied as things are.**"));
    plan.blockers().stream().limit(limit(detail)).map(b -> blocker(b.text())).forEach(lines::add);
    more(lines, 1 + plan.blockers().size());
    return Markdown.alert("CAUTION", lines);
  }

  private String notices(Detail detail) {
    List<String> lines =
        new ArrayList<>(
            plan.notices().stream()
                .limit(limit(detail))
                .map(n -> NoticeText.of(n, Markdown::code))
                .toList());
    more(lines, plan.notices().size());
    return String.join("", lines.stream().map(l -> "- " + l + "\n").toList());
  }

  private static String blocker(Explanation text) {
    return "%s %s: %s %s"
        .formatted(
            Markdown.code(text.code()),
            Markdown.code(text.where()),
            Markdown.text(text.what()),
            Markdown.text(text.next()));
  }

  private String rotations(Detail detail) {
    Map<String, List<Step>> steps = Rotations.of(plan);
    List<String> lines =
        new ArrayList<>(
            plan.rotations().stream()
                .limit(limit(detail))
                .map(r -> rotation(r, steps.getOrDefault(r.ca(), List.of())))
                .toList());
    more(lines, plan.rotations().size());
    return String.join("", lines.stream().map(l -> "- " + l + "\n").toList());
  }

  private String rotation(RotationOutlook rotation, List<Step> steps) {
    return "%s %s%s; takes %s%s"
        .formatted(
            Markdown.code(rotation.ca()),
            Rotations.change(plan, rotation.ca(), steps),
            rotation
                .deadline()
                .map(d -> ", deadline " + Rotations.deadline(d, plan.asOf(), Markdown::code))
                .orElse(""),
            Rotations.room(rotation),
            rotation.fastPath() ? ". **" + Rotations.FAST_PATH + "**" : "");
  }

  private String steps(Detail detail) {
    return switch (detail) {
      case ALL, NO_DIFF, NO_TEXT -> table.steps();
      case NO_STEPS -> table.rotations();
      case COUNTS -> Foot.sum(plan.summary()) + ".\n";
    };
  }

  private String warnings(Detail detail) {
    List<String> all = Warnings.of(plan);
    List<String> lines = new ArrayList<>(all.stream().limit(limit(detail)).toList());
    more(lines, all.size());
    return lines.isEmpty() ? "" : Markdown.alert("WARNING", lines);
  }

  private String later(Detail detail) {
    List<String> lines =
        new ArrayList<>(
            plan.laterRemovals().stream()
                .limit(limit(detail))
                .map(l ->
                    "%s; %s."
                        .formatted(
                            LaterText.lead(l, Markdown::code), LaterText.what(l, Markdown::code)))
                .toList());
    more(lines, plan.laterRemovals().size());
    return lines.isEmpty() ? "" : Markdown.alert("NOTE", lines);
  }

  private String evidence(Detail detail) {
    StringBuilder text = new StringBuilder();
    for (Evidence evidence : plan.evidence().stream().limit(limit(detail)).toList()) {
      EvidenceText of = new EvidenceText(evidence, plan.asOf(), Markdown::code);
      List<String> lines =
          new ArrayList<>(
              of.lines().stream()
                  .limit(limit(detail))
                  .map(l -> l.who() + ": " + l.what())
                  .toList());
      more(lines, of.lines().size());
      text.append("\n**").append(of.lead()).append("**\n\n");
      lines.forEach(l -> text.append("- ").append(l).append('\n'));
    }
    return text.toString();
  }

  private String leftOut(Detail detail) {
    String what =
        switch (detail) {
          case ALL -> "";
          case NO_DIFF -> "the diff of certificates and filters is";
          case NO_TEXT -> "the full text and the diff are";
          case NO_STEPS -> "the steps, the full text and the diff are";
          case COUNTS -> "the rotations, the steps, the full text and the diff are";
        };
    return what.isEmpty()
        ? ""
        : "> [!NOTE]\n> A comment holds only so much: %s left out. All of it: %s\n"
            .formatted(what, Markdown.code("newleaf plan" + NextCommand.file(plan)));
  }

  private String fullText(Detail detail) {
    if (detail != Detail.ALL && detail != Detail.NO_DIFF) {
      return "";
    }
    List<String> lines = PlanText.of(plan).lines().toList();
    return Markdown.details(
        "Full plan (" + Words.count(lines.size(), "line") + ")", Markdown.fence("text", lines));
  }

  private String diff(Detail detail) {
    List<String> lines = detail == Detail.ALL ? BeforeAfter.of(plan, effects) : List.of();
    return lines.isEmpty()
        ? ""
        : Markdown.details(
            "Certificates and filters, now and planned", Markdown.fence("diff", lines));
  }

  private String footer() {
    return "<sub>digest %s, config %s, as of %s, can be started until %s%s</sub>\n"
        .formatted(
            Markdown.code(plan.digest()),
            Markdown.code(plan.desiredDigest()),
            Words.time(plan.asOf()),
            Words.time(plan.expiresAt()),
            NextCommand.of(plan)
                .map(n ->
                    "<br>%s: %s"
                        .formatted(
                            n.lead(), Markdown.code((n.command() + " " + n.options()).strip())))
                .orElse(""));
  }

  private static int limit(Detail detail) {
    return detail == Detail.COUNTS ? 3 : MANY;
  }

  /// Says how many of all are not there.
  private static void more(List<String> lines, int all) {
    int left = all - lines.size();
    if (left > 0) {
      lines.add("and " + left + " more");
    }
  }
}
