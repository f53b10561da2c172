package newleaf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.report.GateText;
import newleaf.report.Words;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.Engine;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorkflow.Status;

/// The part of `status` on rotations that run on Temporal. When that can not be asked, the rest of
/// the status is of use all the same.
record TemporalStatus(Terminal terminal, Desired desired, Path base) {
  /// More are counted only.
  private static final int SHOWN = 20;

  String text() {
    try (ControlPlane control = new ControlPlanes(terminal, desired, base).connect()) {
      Engine engine = new Engine(control, desired.account());
      return "%nOn Temporal, namespace %s at %s%n".formatted(control.namespace(), control.address())
          + text(engine, engine.underWay());
    } catch (NewleafException e) {
      return "%nOn Temporal: %s%n".formatted(Words.safe(e.getMessage()));
    }
  }

  private static String text(Engine engine, List<Engine.Listed> listed) {
    if (listed.isEmpty()) {
      return "  no rotation is under way\n";
    }
    StringBuilder text = new StringBuilder();
    listed.stream().limit(SHOWN).forEach(one -> text.append(lines(engine, one)));
    if (listed.size() > SHOWN) {
      text.append("  and %d more%n".formatted(listed.size() - SHOWN));
    }
    return text.toString();
  }

  private static String lines(Engine engine, Engine.Listed one) {
    Rotation rotation = engine.rotation(one.share());
    Optional<Status> status = rotation.status();
    String head =
        "  %s  %s, since %s%n"
            .formatted(
                Words.safe(one.share()),
                status
                    .map(st -> phase(st) + ", " + Words.count(st.told(), "step") + " done")
                    .orElse(lastKnown(one)),
                Words.time(one.since()));
    return head
        + status
            .map(s ->
                s.holding().stream()
                        .map(g -> "      " + GateText.onTemporal(g, s.share()) + "\n")
                        .reduce("", String::concat)
                    + troubles(rotation)
                    + s.why().map(w -> "      " + Words.safe(w) + "\n").orElse(""))
            .orElse("");
  }

  private static String troubles(Rotation rotation) {
    return rotation.described().troubles().stream()
        .map(t -> "      tries again; " + Words.safe(t) + "\n")
        .reduce("", String::concat);
  }

  /// Without a worker that could be asked.
  private static String lastKnown(Engine.Listed one) {
    String phase = one.phase().isEmpty() ? "has not begun" : one.phase().toLowerCase(Locale.ROOT);
    return Words.safe(phase + (one.due().isEmpty() ? "" : " until " + one.due()))
        + "; no worker answers";
  }

  private static String phase(Status status) {
    return switch (status.phase()) {
      case LOOKING -> "looks at the world";
      case WORKING -> "works on " + Words.safe(String.join(", ", status.underWay()));
      case WAITING -> status.holding().isEmpty() ? "waits for another rotation" : "waits";
      case STUCK -> "stands still";
      case DONE -> "is done";
    };
  }
}
