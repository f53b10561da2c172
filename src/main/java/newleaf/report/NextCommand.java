package newleaf.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;

/// What to type next.
///
/// @param lead what it is for, without a colon
/// @param options go behind the command; may be long, may be empty
record NextCommand(String lead, String command, String options) {

  /// Empty when nothing is due.
  static Optional<NextCommand> of(Plan plan) {
    if (!plan.applyable()) {
      return Optional.of(new NextCommand("Once that is settled", again(plan), ""));
    }
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    if (plan.steps().isEmpty() || plan.steps().stream().anyMatch(new WhenText(plan)::isNow)) {
      return Optional.of(expecting("Until ", plan));
    }
    return approvals(plan).or(() -> vouch(plan)).or(() -> Optional.of(later(plan)));
  }

  private static Optional<NextCommand> approvals(Plan plan) {
    List<String> asked =
        plan.gates().stream()
            .<String>mapMulti((gate, out) -> GateText.approve(gate).ifPresent(out))
            .toList();
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(new NextCommand("To say yes", apply(plan), String.join(" ", asked)));
  }

  private static Optional<NextCommand> vouch(Plan plan) {
    return plan.gates().stream().anyMatch(Gate.Acknowledgement.class::isInstance)
        ? Optional.of(new NextCommand("Once they are acknowledged", again(plan), ""))
        : Optional.empty();
  }

  /// When a soak is over that nothing but time ends.
  private static NextCommand later(Plan plan) {
    Optional<Instant> from = plan.nextDue().map(Due::at).filter(t -> t.isAfter(plan.asOf()));
    if (from.filter(t -> t.isBefore(plan.expiresAt())).isPresent()) {
      return expecting("From " + Words.time(from.get()) + " until ", plan);
    }
    return new NextCommand(from.map(t -> "From " + Words.time(t)).orElse("Later"), again(plan), "");
  }

  private static NextCommand expecting(String lead, Plan plan) {
    return new NextCommand(
        lead + Words.time(plan.expiresAt()), apply(plan), "--expect " + plan.digest());
  }

  private static String again(Plan plan) {
    return "newleaf " + plan.command() + file(plan);
  }

  static String apply(Plan plan) {
    return "newleaf apply" + file(plan);
  }

  static String file(Plan plan) {
    return " -f " + Words.shell(plan.file());
  }
}
