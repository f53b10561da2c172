package newleaf.report;

import newleaf.plan.Gate;

/// What a gate waits for, and what opens it.
public final class GateText {
  private GateText() {}

  public static String of(Gate gate) {
    return Words.safe(
        switch (gate) {
          case Gate.Soak soak ->
              "%s: old and new stay accepted for %s%s"
                  .formatted(
                      soak.id(),
                      Words.duration(soak.duration()),
                      soak.until().map(t -> ", until " + Words.time(t)).orElse(""));
          case Gate.Approval approval ->
              approval.given()
                  ? approval.id() + ": approved"
                  : "%s: %s Say yes with: newleaf apply --approve %s"
                      .formatted(approval.id(), approval.question(), approval.id());
          case Gate.Acknowledgement clients ->
              "%s: set `acknowledged: true` once %s can load a new leaf"
                  .formatted(clients.id(), String.join(", ", clients.clients()));
        });
  }
}
