package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import newleaf.plan.Gate;
import newleaf.plan.Plan;

/// How a person goes from plan to plan: applies, comes back when the wait is over, says yes when
/// nothing else is left to do.
final class Chain {
  private Chain() {}

  static boolean ends(Plan plan) {
    return plan.isEmpty() || !plan.applyable() || held(plan);
  }

  /// Everything that is left waits for the YAML to be changed.
  private static boolean held(Plan plan) {
    return plan.summary().runnableNow() == 0
        && plan.gates().stream().anyMatch(Gate.Acknowledgement.class::isInstance);
  }

  static Scenarios.End end(Plan plan) {
    if (plan.applyable()) {
      return held(plan) ? new Scenarios.End.Held() : new Scenarios.End.Empty();
    }
    assertThat(plan.blockers()).hasSize(1);
    return new Scenarios.End.Blocked(plan.blockers().getFirst().text().code());
  }

  static String[] approvals(Plan plan) {
    return plan.summary().runnableNow() > 0
        ? new String[0]
        : plan.gates().stream()
            .filter(Gate.Approval.class::isInstance)
            .map(Gate::id)
            .toArray(String[]::new);
  }

  static Optional<Instant> gateOpens(Plan plan) {
    return plan.gates().stream()
        .<Instant>mapMulti((gate, out) -> {
          switch (gate) {
            case Gate.Soak soak -> soak.until().ifPresent(out);
            case Gate.NotBefore notBefore -> out.accept(notBefore.at());
            case Gate.Approval _, Gate.Acknowledgement _ -> {}
          }
        })
        .filter(plan.asOf()::isBefore)
        .min(Comparator.naturalOrder());
  }
}
