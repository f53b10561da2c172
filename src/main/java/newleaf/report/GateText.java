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

  /// Of a rotation that runs on Temporal.
  ///
  /// @param share its name
  public static String onTemporal(Gate gate, String share) {
    String yes =
        approve(gate).isPresent()
            ? " Say yes with: newleaf approve %s %s"
                .formatted(Words.shell(share), Words.shell(gate.id()))
            : "";
    return Words.safe(gate.id() + ": " + what(gate) + yes);
  }

  static String what(Gate gate) {
    return switch (gate) {
      case Gate.Soak soak -> soak(soak);
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

  private static String soak(Gate.Soak soak) {
    boolean isLast = soak.before().isEmpty();
    return "old and new stay accepted for "
        + Words.duration(soak.duration())
        + soak.until()
            .map(t -> ", until " + Words.time(t))
            .orElse(isLast ? " from then on" : ", then it opens by itself")
        + (isLast ? "; the removal is for a later newleaf plan" : "");
  }

  /// The option of `apply` that opens it, if one does.
  static Optional<String> approve(Gate gate) {
    return gate instanceof Gate.Approval approval && !approval.given()
        ? Optional.of("--approve " + Words.shell(approval.id()))
        : Optional.empty();
  }
}
