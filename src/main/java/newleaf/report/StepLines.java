package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import newleaf.plan.Plan;
import newleaf.plan.Step;

/// The lines of one step, or of many that are alike.
final class StepLines {
  private static final String CERTIFICATES = "  ";

  private final Plan plan;
  private final Effects effects;
  private final WhenText when;
  private final Sheet sheet;
  private final int ids;
  private final String indent;

  StepLines(Plan plan, Effects effects, Sheet sheet) {
    this.plan = plan;
    this.effects = effects;
    this.when = new WhenText(plan);
    this.sheet = sheet;
    this.ids = plan.steps().stream().mapToInt(s -> s.id().length()).max().orElse(2);
    this.indent = " ".repeat(ids + 6);
  }

  void add(Group group) {
    Step step = group.first();
    boolean fits = head(group);
    Effect effect = group.isOne() ? effects.of(step) : effects.shared(step);
    if (!effect.line().isEmpty()) {
      sheet.wrapped(Tone.PLAIN, indent, effect.line());
    }
    sheet.rows(indent + CERTIFICATES, effect.rows(), effect.stretch());
    if (!group.isOne()) {
      members(group);
    }
    if (!fits) {
      sheet.wrapped(Tone.FAINT, indent + "when   ", when(group));
    }
    sheet.wrapped(Tone.FAINT, indent + "why    ", ReasonText.of(step.reason(), plan.asOf()));
    sheet.wrapped(Tone.FAINT, indent + "proof  ", TermsText.proofs(step));
    sheet.wrapped(Tone.FAINT, indent + "undo   ", TermsText.undo(step));
  }

  /// @return whether there was room for the time
  private boolean head(Group group) {
    Step step = group.first();
    char mark = ActionText.mark(step.action());
    String id = step.id() + " ".repeat(Math.max(0, ids - step.id().length()));
    return sheet.ends(
        Tone.of(mark),
        "  %s  %c %-8s %s".formatted(id, mark, step.verb(), group.what()),
        when(group));
  }

  private String when(Group group) {
    return group.when(when::of)
        + ", takes "
        + Words.duration(group.first().terms().estimate())
        + (group.isOne() ? "" : " each");
  }

  /// One line each when there is something to say of each, else only their names.
  private void members(Group group) {
    sheet.wrapped(
        Tone.PLAIN,
        indent,
        "same change on %s, %s:".formatted(group.what(), Words.steps(group.ids())));
    List<Row> rows = group.steps().stream().map(this::member).toList();
    if (rows.getFirst().cells().size() > 2) {
      sheet.rows(indent, rows, 1);
    } else {
      sheet.wrapped(
          Tone.PLAIN, indent + CERTIFICATES, rows.stream().map(r -> r.cells().get(1)).toList());
    }
  }

  private Row member(Step step) {
    List<String> cells = new ArrayList<>(List.of(step.id(), name(step)));
    cells.addAll(effects.shared(step).own());
    return new Row(' ', cells);
  }

  private static String name(Step step) {
    return step.address().substring(step.address().indexOf('/') + 1);
  }
}
