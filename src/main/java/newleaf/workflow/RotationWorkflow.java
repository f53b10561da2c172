package newleaf.workflow;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.journal.Outcome;
import newleaf.plan.Gate;

/// One share of a plan until nothing of it is left, however long its gates take: the rotation of a
/// CA, or the renewal of a leaf. Fails when a step fails for good; what was done stays done, and
/// the next `apply` goes on.
@WorkflowInterface
public interface RotationWorkflow {

  /// @param share its name; see [newleaf.plan.Shares]
  /// @param digest of the plan that was said yes to
  /// @param before what it did until it went on in a new run
  record Request(String share, String digest, Optional<Past> before) {}

  /// @param told how many deeds there were
  /// @param last the newest of them
  record Past(Instant since, long told, List<Deed> last) {
    public Past {
      last = List.copyOf(last);
    }
  }

  /// A step that ended.
  ///
  /// @param number of the deed in this rotation, from 1
  /// @param proofs and what else a person should know
  record Deed(
      long number,
      Instant at,
      String verb,
      String address,
      Outcome outcome,
      Duration took,
      List<String> proofs) {
    public Deed {
      proofs = List.copyOf(proofs);
    }
  }

  enum Phase {
    /// looks at the world and plans
    LOOKING,
    /// steps are under way
    WORKING,
    /// at gates, or for another rotation
    WAITING,
    /// until somebody changes the YAML, or says yes to another plan
    STUCK,
    DONE
  }

  /// @param digest of the plan it keeps to
  /// @param underWay addresses of steps that were begun and did not end
  /// @param holding the gates it waits at
  /// @param due when it goes on by itself
  /// @param why it is stuck
  /// @param given the yeses of this run to its gates
  /// @param told how many deeds there were
  /// @param last the newest of them
  record Status(
      String share,
      String digest,
      Phase phase,
      Instant since,
      List<String> underWay,
      List<Gate> holding,
      Optional<Instant> due,
      Optional<String> why,
      List<Approval> given,
      long told,
      List<Deed> last) {
    public Status {
      given = List.copyOf(given);
      underWay = List.copyOf(underWay);
      holding = List.copyOf(holding);
      last = List.copyOf(last);
    }
  }

  /// A yes to a gate. Given twice it counts once; given early it waits for the gate.
  ///
  /// @param who says so
  /// @param reason for the journal; may be empty
  record Approval(String gate, String who, String reason) {}

  /// @return how many steps were carried out
  @WorkflowMethod
  long rotate(Request request);

  @SignalMethod
  void approve(Approval approval);

  /// Keeps to another plan from now on, as somebody said yes to that one.
  @SignalMethod
  void adopt(String digest);

  @QueryMethod
  Status status();
}
