package newleaf.report;

import java.util.Optional;
import java.util.function.UnaryOperator;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;

/// What happens next, and when.
final class DueText {
  private DueText() {}

  /// Behind `Next due: `, without a full stop.
  static String next(Plan plan, UnaryOperator<String> name) {
    Optional<String> asked = asked(plan, name);
    return plan.nextDue()
        .map(due ->
            of(due, plan, name) + asked.map(g -> "; " + g + " waits for an answer").orElse(""))
        .or(() -> asked.map(g -> "when " + g + " is answered"))
        .or(() -> waiting(plan, name))
        .orElse("nothing that newleaf knows of");
  }

  /// The first gate that only a person opens, and that nothing else has to come before.
  private static Optional<String> asked(Plan plan, UnaryOperator<String> name) {
    return plan.gates().stream()
        .filter(g -> g.after().isEmpty() && !g.isOpen(plan.asOf()))
        .filter(g -> g instanceof Gate.Approval || g instanceof Gate.Acknowledgement)
        .map(g -> "gate " + name.apply(g.id()))
        .findFirst();
  }

  private static String of(Due due, Plan plan, UnaryOperator<String> name) {
    String at = Words.day(due.at()) + " (" + Words.left(due.at(), plan.asOf()) + ")";
    return switch (due.what()) {
      case STEP -> name.apply(due.address()) + ", now";
      case SOAK ->
          due.at().isAfter(plan.asOf())
              ? "%s is over %s (%s)"
                  .formatted(
                      name.apply(due.address()),
                      Words.time(due.at()),
                      Words.left(due.at(), plan.asOf()))
              : name.apply(due.address()) + " is over, now";
      case NOT_BEFORE ->
          "%s opens %s (%s)"
              .formatted(
                  name.apply(due.address()),
                  Words.time(due.at()),
                  Words.left(due.at(), plan.asOf()));
      case RENEWAL -> name.apply(due.address()) + " renewal opens " + at;
      case EXPIRY -> name.apply(due.address()) + " ends " + at;
    };
  }

  private static Optional<String> waiting(Plan plan, UnaryOperator<String> name) {
    return plan.gates().stream()
        .filter(g -> !g.isOpen(plan.asOf()))
        .map(Gate::id)
        .findFirst()
        .map(id -> "when gate " + name.apply(id) + " is answered");
  }
}
