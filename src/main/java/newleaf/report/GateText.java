package newleaf.report;

import java.util.Optional;
import newleaf.plan.Gate;

/// What a gate waits for, and what opens it.
public final class GateText {
  private GateText() {}

  public static String of(Gate gate) {
    return Words.safe(
        gate.id()
            + ": "
            + what(gate)
            + approve(gate).map(o -> " Say yes with: newleaf apply " + o).orElse(""));
  }

  static String what(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak ->
          "old and new stay accepted for %s, %s"
              .formatted(
                  Words.duration(soak.duration()),
                  soak.until()
                          .map(t -> "until " + Words.time(t))
                          .orElse("then it opens by itself")
                      + (soak.before().isEmpty() ? "; then newleaf plan has the removal" : ""));
      case Gate.NotBefore notBefore ->
          "notBefore %s (%s)".formatted(Words.time(notBefore.at()), notBefore.set());
      case Gate.Approval approval -> approval.given() ? "approved" : approval.question();
      case Gate.Acknowledgement clients ->
          "opens when the YAML says `acknowledged: true` for %s; newleaf can not see whether %s"
              .formatted(
                  String.join(", ", clients.clients()),
                  clients.clients().size() == 1 ? "it loads a new leaf" : "they load new leaves");
    };
  }

  /// The option of `apply` that opens it, if one does.
  static Optional<String> approve(Gate gate) {
    return gate instanceof Gate.Approval approval && !approval.given()
        ? Optional.of("--approve " + Words.shell(approval.id()))
        : Optional.empty();
  }
}
