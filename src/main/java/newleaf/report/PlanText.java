package newleaf.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.plan.Blocker;
import newleaf.plan.Evidence;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;
import newleaf.plan.Plan.RotationOutlook;
import newleaf.plan.Step;

/// A plan for a terminal or a log: at most 100 columns where names allow it. Says the same with and
/// without colours.
public final class PlanText {
  /// @param horizon also list what comes up within this time
  public record Options(boolean colour, Optional<Duration> horizon) {
    public static final Options PLAIN = new Options(false, Optional.empty());
  }

  /// Names in a column of their own are seldom wider.
  private static final int WIDE = 30;

  private static final String INDENT = " ".repeat(8);

  private final Plan plan;
  private final Sheet sheet = new Sheet();

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  public static String of(Plan plan) {
    return of(plan, Options.PLAIN);
  }

  public static String of(Plan plan, Options options) {
    PlanText text = new PlanText(plan);
    text.head();
    text.rotations();
    text.blockers();
    text.notices();
    options.horizon().ifPresent(h -> Horizon.add(plan, h, text.sheet));
    Foot.add(plan, text.sheet);
    return text.sheet.text(options.colour());
  }

  private void head() {
    String asOf = "as of " + Words.time(plan.asOf());
    if (!sheet.ends(
        Tone.HEAD,
        "newleaf %s  plan for %s (%s)".formatted(plan.newleafVersion(), plan.file(), shortDigest()),
        asOf)) {
      sheet.line(Tone.HEAD, asOf);
    }
    sheet.line(
        "Looked at %s, %s, %s.  Journal: %s."
            .formatted(
                Words.count(plan.looked().namespaces(), "namespace"),
                Words.count(plan.looked().workers(), "worker group"),
                plan.looked().leaves() == 1 ? "1 leaf" : plan.looked().leaves() + " leaves",
                plan.journal().serial() == 0
                    ? "empty"
                    : Words.count(plan.journal().serial(), "line")));
    sheet.blank();
  }

  private String shortDigest() {
    return plan.desiredDigest().substring(0, Math.min(8, plan.desiredDigest().length()));
  }

  private void rotations() {
    Effects effects = new Effects(plan);
    StepLines lines = new StepLines(plan, effects, sheet);
    Ahead ahead = new Ahead(plan);
    Rotations.of(plan)
        .forEach((name, steps) -> {
          title(name, steps, ahead);
          for (Group group : Group.of(steps, effects)) {
            ahead.gates(group).forEach(this::gate);
            ahead.evidence(group).forEach(this::evidence);
            lines.add(group);
          }
          ahead.removals(name).forEach(later -> later(later, ahead));
          if (!steps.isEmpty()) { // a rollback for which nothing has to move has none
            sheet.blank();
          }
        });
  }

  private void title(String name, List<Step> steps, Ahead ahead) {
    sheet.line(Tone.HEAD, "Rotation " + name + "  " + Rotations.change(plan, name, steps));
    ahead.outlook(name).ifPresent(this::room);
    sheet.blank();
  }

  private void room(RotationOutlook rotation) {
    Tone tone = Rotations.isLate(rotation) ? Tone.ALARM : Tone.PLAIN;
    rotation
        .deadline()
        .ifPresent(due ->
            sheet.wrapped(tone, "  deadline  ", Rotations.deadline(due, plan.asOf(), Words::safe)));
    sheet.line(tone, "  takes     " + Rotations.room(rotation));
    if (rotation.fastPath()) {
      sheet.line(Tone.ALARM, "  " + Rotations.FAST_PATH);
    }
  }

  private void gate(Gate gate) {
    sheet.ends(
        Tone.WAIT,
        "  --  gate " + gate.id(),
        gate.after().isEmpty() ? "" : "after " + Words.steps(gate.after()));
    sheet.wrapped(Tone.WAIT, "        ", Words.safe(GateText.what(gate)));
    GateText.approve(gate)
        .ifPresent(
            o -> sheet.command(Tone.WAIT, "        opens with: ", NextCommand.apply(plan), o));
  }

  private void evidence(Evidence evidence) {
    EvidenceText text = new EvidenceText(evidence, plan.asOf(), Words::safe);
    sheet.line("  --  " + text.lead());
    witnesses(text.lines());
  }

  /// In two columns; below a name that is too wide for the first.
  private void witnesses(List<EvidenceText.Line> lines) {
    int column =
        2
            + lines.stream()
                .mapToInt(l -> Words.width(l.who()))
                .filter(w -> w <= WIDE)
                .max()
                .orElse(0);
    for (EvidenceText.Line line : lines) {
      int gap = column - Words.width(line.who());
      if (gap < 2) {
        sheet.line(INDENT + line.who());
        sheet.wrapped(Tone.PLAIN, INDENT + " ".repeat(column), line.what());
      } else {
        sheet.wrapped(Tone.PLAIN, INDENT + line.who() + " ".repeat(gap), line.what());
      }
    }
  }

  private void later(LaterRemoval later, Ahead ahead) {
    ahead.gate(later.soak()).ifPresent(this::gate);
    sheet.wrapped(Tone.WAIT, "  --  later ", LaterText.lead(later, Words::safe));
    sheet.wrapped(Tone.WAIT, "        ", LaterText.what(later, Words::safe));
  }

  private void blockers() {
    if (plan.blockers().isEmpty()) {
      return;
    }
    sheet.line(Tone.ALARM, "This plan can not be applied as things are:");
    for (Blocker blocker : plan.blockers()) {
      sheet.wrapped(Tone.ALARM, "  ", blocker.text().toString());
    }
    sheet.blank();
  }

  private void notices() {
    plan.notices().forEach(notice -> sheet.wrapped(Tone.PLAIN, "Note: ", NoticeText.of(notice)));
    if (!plan.notices().isEmpty()) {
      sheet.blank();
    }
  }
}
