package newleaf.plan;

import java.util.List;
import newleaf.plan.Gate.Acknowledgement;
import newleaf.plan.Gate.Approval;
import newleaf.plan.Gate.NotBefore;
import newleaf.plan.Gate.Soak;

/// A plan, short enough to stand in an assertion.
final class Lines {
  private Lines() {}

  /// `s2 trust namespace/booking.sdvdw NotTrusted <s1`
  static List<String> steps(Plan plan) {
    return plan.steps().stream().map(Lines::step).toList();
  }

  private static String step(Step step) {
    String needs = step.needs().isEmpty() ? "" : " <" + String.join(",", step.needs());
    return "%s %s %s %s%s"
        .formatted(
            step.id(),
            step.action().verb(),
            step.action().address(),
            step.reason().getClass().getSimpleName(),
            needs);
  }

  /// `soak/ca/booking-g1 s4>s5`
  static List<String> gates(Plan plan) {
    return plan.gates().stream().map(Lines::gate).toList();
  }

  private static String gate(Gate gate) {
    String state =
        switch (gate) {
          case Soak soak -> soak.until().map(t -> " until " + t).orElse("");
          case Approval approval -> approval.given() ? " given" : "";
          case Acknowledgement clients -> " of " + String.join(",", clients.clients());
          case NotBefore notBefore -> " at " + notBefore.at();
        };
    return "%s %s>%s%s"
        .formatted(
            gate.id(), String.join(",", gate.after()), String.join(",", gate.before()), state);
  }

  /// `NL5001 namespace/booking.sdvdw`
  static List<String> blockers(Plan plan) {
    return plan.blockers().stream().map(b -> b.text().code() + " " + b.text().where()).toList();
  }

  static List<String> verbs(Plan plan) {
    return plan.steps().stream().map(s -> s.action().verb()).toList();
  }

  static <A extends Action> List<A> actions(Plan plan, Class<A> kind) {
    return plan.steps().stream()
        .map(Step::action)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
