package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import newleaf.drift.Phase;
import newleaf.drift.Runs;
import newleaf.drift.Status;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.LaterRemoval;
import newleaf.plan.Plan;

/// How far every rotation is, for a terminal or a log.
public final class StatusText {
  private final Status status;
  private final DriftSheet out = new DriftSheet();

  private StatusText(Status status) {
    this.status = status;
  }

  public static String of(Status status) {
    StatusText text = new StatusText(status);
    text.out.wrapped(
        "", "newleaf status  " + status.file() + "   as of " + Words.time(status.asOf()));
    status.cas().forEach(text::ca);
    text.stray();
    text.runs();
    text.out.gap();
    text.out.wrapped("", next(status));
    return text.out.toString();
  }

  private void ca(Status.Ca ca) {
    out.gap();
    out.wrapped("", "Rotation " + ca.name() + "  " + state(ca));
    if (ca.generations().isEmpty()) {
      out.line("  no generation yet");
    }
    ca.generations().reversed().forEach(this::generation);
    ca.outlook().ifPresent(this::outlook);
    ca.gates().forEach(this::gate);
    ca.later().forEach(this::later);
  }

  private static String state(Status.Ca ca) {
    return ca.planned() == 0
        ? "nothing to do"
        : Words.count(ca.planned(), "step") + " to go; see newleaf plan";
  }

  private void generation(Status.Generation g) {
    out.wrapped(
        "  ",
        "%-10s %s  ends %s%s"
            .formatted(
                phase(g.phase()),
                g.address(),
                Words.day(g.certificate().validity().notAfter()),
                left(g.certificate().validity().notAfter())));
    out.wrapped(
        "             ",
        "%s, SHA-256 %s"
            .formatted(
                g.certificate().subject().value(), g.certificate().fingerprint().shortText()));
    if (!g.keyHeld()) {
      out.line("             its private key is not here, so it can issue nothing");
    }
    out.wrapped("             accepted by  ", names(g.trustedBy()));
    out.labelled("             leaves       ", places(g.leaves()));
  }

  private List<String> places(List<Status.Place> leaves) {
    return leaves.isEmpty() ? List.of("none") : leaves.stream().map(this::place).toList();
  }

  private String place(Status.Place place) {
    return place.address()
        + place
            .leaf()
            .map(c ->
                "  ends %s%s, SHA-256 %s"
                    .formatted(
                        Words.day(c.validity().notAfter()),
                        left(c.validity().notAfter()),
                        c.fingerprint().shortText()))
            .orElse("  no leaf");
  }

  private String left(Instant end) {
    String about = Words.about(Duration.between(status.asOf(), end));
    return status.asOf().isAfter(end) ? " (ENDED " + about + " ago)" : " (" + about + " left)";
  }

  private void outlook(Plan.RotationOutlook outlook) {
    outlook
        .deadline()
        .ifPresent(due ->
            out.wrapped(
                "  deadline   ",
                "%s: %s ends%s; %s"
                    .formatted(
                        Words.day(due.at()),
                        due.address(),
                        left(due.at()),
                        outlook.slack().map(StatusText::slack).orElse("no slack known"))));
  }

  private static String slack(Duration slack) {
    return slack.isNegative() ? "NO SLACK, start now" : "slack " + Words.about(slack);
  }

  private void gate(Gate gate) {
    out.wrapped("  gate       ", GateText.of(gate) + since(gate));
  }

  private void later(LaterRemoval later) {
    UnaryOperator<String> name = UnaryOperator.identity();
    out.wrapped("  later      ", LaterText.lead(later, name) + "; " + LaterText.what(later, name));
  }

  private String since(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak ->
          soak.openedAt().map(at -> "; waits since " + Words.time(at)).orElse("; not begun");
      case Gate.Approval _, Gate.Acknowledgement _, Gate.NotBefore _ -> "";
    };
  }

  private void stray() {
    if (!status.stray().isEmpty()) {
      out.gap();
      out.labelled("Leaves of no CA above: ", places(status.stray()));
    }
  }

  private void runs() {
    Runs runs = status.runs();
    out.gap();
    out.wrapped(
        "last apply   ",
        runs.last().map(r -> "%s, %s".formatted(ago(r.startedAt()), r.name())).orElse("none"));
    out.wrapped(
        "last proof   ",
        runs.lastProof().map(p -> "%s: %s".formatted(ago(p.at()), p.what())).orElse("none"));
    out.wrapped("lock         ", status.lockHolder().map(h -> "held by " + h).orElse("free"));
    for (Runs.Unfinished unfinished : runs.unfinished()) {
      out.wrapped(
          "unfinished   ",
          "%s %s, begun %s%s"
              .formatted(
                  unfinished.step().verb(),
                  unfinished.step().address(),
                  ago(unfinished.begunAt()),
                  status.lockHolder().isPresent() ? "" : "; the next apply looks after it"));
    }
  }

  private String ago(Instant at) {
    return "%s (%s ago)"
        .formatted(Words.time(at), Words.about(Duration.between(at, status.asOf())));
  }

  private static String names(List<String> names) {
    int shown = Math.min(10, names.size());
    String first = String.join(", ", names.subList(0, shown));
    if (names.isEmpty()) {
      return "nobody";
    }
    return names.size() > shown ? first + " and " + (names.size() - shown) + " more" : first;
  }

  static String phase(Phase phase) {
    return phase.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String next(Status status) {
    return next(status.nextDue(), status.asOf(), status.planned(), status.blocked());
  }

  /// One line that says when the next apply has something to do.
  public static String next(Optional<Due> due, Instant asOf, int planned, boolean blocked) {
    if (blocked) {
      return "Next: the plan is blocked, and a person has to look at it: newleaf plan";
    }
    return due.map(d -> "Next: " + DriftText.due(d, asOf) + steps(planned) + ".")
        .orElse(planned == 0 ? "Next: nothing." : "Next: a person has to answer: newleaf plan");
  }

  private static String steps(int planned) {
    return planned == 0 ? "" : "; " + Words.count(planned, "step") + " in the plan";
  }
}
