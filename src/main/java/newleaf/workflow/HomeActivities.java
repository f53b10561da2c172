package newleaf.workflow;

import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;
import newleaf.plan.Step;

/// What is done where the state is. Nothing that goes in or comes out holds a secret: all of it
/// stays in the history of a workflow.
@ActivityInterface
public interface HomeActivities {

  /// @param expect go on only if the plan has this digest
  record Ask(Optional<String> expect) {}

  /// Plans the whole file and keeps the plan in the state.
  FleetWorkflow.Agenda plan(Ask ask);

  /// @param digest of a plan that was kept
  record Consent(String digest) {}

  /// Writes down that the plan of that digest is carried out from now on.
  void begin(Consent consent);

  record Look(String share, String digest) {}

  /// What of a share can be done now.
  ///
  /// @param steps the first of them, each behind what it needs; as many as fit into a history
  /// @param holding the gates at which the rest waits
  /// @param opens when time opens the first of those
  /// @param elsewhere the rest waits for another share
  /// @param stuck why the rest can not be done without a person
  record Window(
      List<Step> steps,
      List<Gate> holding,
      Optional<Instant> opens,
      boolean elsewhere,
      Optional<String> stuck) {
    public Window {
      steps = List.copyOf(steps);
      holding = List.copyOf(holding);
    }

    boolean isDone() {
      return steps.isEmpty() && holding.isEmpty() && !elsewhere && stuck.isEmpty();
    }
  }

  /// Looks after what is open of the share, plans anew, and holds it against the plan that was said
  /// yes to.
  Window look(Look look);

  /// @param digest of the plan that was said yes to; the step has to do what one of it does
  record Task(String digest, Step step) {}

  /// @param proofs and what else a person should know
  record Done(Outcome outcome, Duration took, List<String> proofs) {
    public Done {
      proofs = List.copyOf(proofs);
    }
  }

  /// Carries out one step, or finds that an earlier try has.
  Done carryOut(Task task);

  /// Writes down who opened a gate.
  void approve(RotationWorkflow.Approval approval);

  /// What is not as newleaf left it, and what ends soon.
  ///
  /// @param failWithin what ends inside this time is a risk; empty when nothing is asked
  record Compare(Optional<Duration> failWithin) {}

  /// @param text for people, cut where it is long
  record Drift(int changed, boolean atRisk, String text) {}

  Drift compare(Compare compare);
}
