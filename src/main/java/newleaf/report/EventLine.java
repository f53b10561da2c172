package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.apply.Progress;
import newleaf.json.Json;

/// One line of `apply --events`; `schema/events.schema.json` describes it. A new minor `ui` only
/// adds kinds and parts; another major may differ in anything.
public sealed interface EventLine {
  String UI = "1.0";

  /// The first line.
  record Version(Instant at, String ui, String newleafVersion, String file) implements EventLine {}

  /// One of the steps that are to be carried out, before the first of them starts.
  ///
  /// @param plan digest of the plan it is of
  record PlanStep(
      Instant at,
      String plan,
      String step,
      int number,
      int of,
      String rotation,
      String verb,
      String address,
      List<String> needs)
      implements EventLine {}

  /// @param resumed an earlier run began it
  record StepStart(Instant at, String step, String verb, String address, boolean resumed)
      implements EventLine {}

  /// @param what the same for a person
  /// @param progress empty for what is only said
  record StepProgress(
      Instant at, String step, String address, String what, Optional<Progress> progress)
      implements EventLine {}

  record Proof(Instant at, String step, String address, String what) implements EventLine {}

  record StepDone(
      Instant at, String step, String address, Result outcome, Optional<String> why, Duration took)
      implements EventLine {}

  enum Result {
    DONE,
    ALREADY_SO,
    FAILED,
    /// an earlier run began it, and it had no effect
    ABANDONED,
    /// nobody knows whether it ended; the next run asks
    LEFT_OPEN
  }

  /// @param until empty when more than time is needed
  record GateWait(Instant at, String gate, String what, Optional<Instant> until)
      implements EventLine {}

  record GatePass(Instant at, String gate) implements EventLine {}

  /// What a person would have to know.
  ///
  /// @param step empty when it is not of one step
  /// @param next one thing to do
  record Diagnostic(
      Instant at,
      Severity severity,
      Optional<String> step,
      String code,
      String address,
      String what,
      String next)
      implements EventLine {}

  enum Severity {
    ERROR,
    WARNING
  }

  /// The last line.
  ///
  /// @param exit the exit status
  /// @param failed step ids, as are `heldBack`
  /// @param waiting gate ids
  record Summary(
      Instant at,
      int exit,
      int done,
      int of,
      List<String> failed,
      List<String> heldBack,
      List<String> waiting,
      Duration took)
      implements EventLine {}

  /// ASCII only, so that it is harmless wherever it is printed.
  default String text() {
    StringBuilder out = new StringBuilder();
    for (char c : Json.line(this).toCharArray()) {
      if (c < 0x7f) {
        out.append(c);
      } else {
        out.append("\\u%04x".formatted((int) c));
      }
    }
    return out.toString();
  }
}
