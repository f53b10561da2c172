package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import newleaf.observed.ObservedCa;
import newleaf.plan.Action;
import newleaf.plan.Due;
import newleaf.plan.Plan;
import newleaf.plan.Plan.RotationOutlook;
import newleaf.plan.Rollback;
import newleaf.plan.Step;

/// What is said of a rotation as a whole.
final class Rotations {
  static final String FAST_PATH =
      "The CA has expired: nobody can connect, so nothing is waited for.";

  private Rotations() {}

  /// The steps of each, in their order. A rollback is told also when nothing has to move for it.
  static Map<String, List<Step>> of(Plan plan) {
    Map<String, List<Step>> rotations = new LinkedHashMap<>();
    plan.rollback().map(Rollback::ca).ifPresent(ca -> rotations.put(ca, new ArrayList<>()));
    for (Step step : plan.steps()) {
      rotations.computeIfAbsent(step.rotation(), _ -> new ArrayList<>()).add(step);
    }
    return rotations;
  }

  /// `CA G1 -> G2`; empty when no CA comes or goes.
  static String change(Plan plan, String rotation, List<Step> steps) {
    Optional<Rollback> back = plan.rollback().filter(r -> r.ca().equals(rotation) && r.goesBack());
    return back.map(r -> change(r.from(), r.to()) + " (rollback)").orElseGet(() -> change(steps));
  }

  private static String change(List<Step> steps) {
    List<Action> actions = steps.stream().map(Step::action).toList();
    return actions.stream()
        .<String>mapMulti((action, out) -> issued(action).ifPresent(out))
        .findFirst()
        .or(() ->
            actions.stream()
                .<String>mapMulti((action, out) -> moving(action).ifPresent(out))
                .findFirst())
        .orElse("");
  }

  private static Optional<String> issued(Action action) {
    if (action instanceof Action.IssueCa issue) {
      int to = issue.ca().generation();
      return Optional.of(to == 1 ? "first CA G1" : change(to - 1, to));
    }
    return action instanceof Action.RetireCa retire
        ? retire.successor().map(to -> change(retire.old().generation(), to.generation()))
        : Optional.empty();
  }

  private static Optional<String> moving(Action action) {
    if (action instanceof Action.TrustCa trust) {
      return Optional.of("CA G" + trust.ca().generation());
    }
    return action instanceof Action.ReissueLeaf leaf
        ? Optional.of("leaves of CA G" + leaf.ca().generation())
        : Optional.empty();
  }

  private static String change(int from, int to) {
    return from == ObservedCa.ADOPTED ? "CA of others -> G" + to : "CA G" + from + " -> G" + to;
  }

  static boolean isLate(RotationOutlook rotation) {
    return rotation.slack().filter(Duration::isNegative).isPresent();
  }

  /// `2026-10-05 (21d), when ca/booking-g1 ends`
  static String deadline(Due due, Instant asOf, UnaryOperator<String> name) {
    return "%s (%s), when %s %s"
        .formatted(
            Words.day(due.at()),
            Words.left(due.at(), asOf),
            name.apply(due.address()),
            due.at().isBefore(asOf) ? "ended" : "ends");
  }

  /// `13m56s, slack 13d beside a margin of 7d`
  static String room(RotationOutlook rotation) {
    String slack =
        rotation
            .slack()
            .map(s ->
                s.isNegative()
                    ? ", NO SLACK (%s short of a margin of 7d)".formatted(Words.about(s))
                    : ", slack %s beside a margin of 7d".formatted(Words.about(s)))
            .orElse("");
    return Words.duration(rotation.takes()) + slack;
  }
}
