package newleaf.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Source;
import newleaf.json.Json;

/// What two plans have in common that would do the same: SHA-256 of the canonical JSON (RFC 8785)
/// of the file's digest, the actions in their order, and the gates. Clock readings, reasons, what
/// was seen (versions, pod names), estimates and answers already given are left out.
final class PlanDigest {
  /// However the file was named.
  private static final Source NOWHERE = new Source("", 1, 1);

  private record Content(String desiredDigest, List<Deed> steps, List<Gate> gates) {}

  /// Who rolls back agrees to more than the steps: later plans keep to it.
  private record RollbackContent(
      String desiredDigest, List<Deed> steps, List<Gate> gates, Rollback rollback) {}

  private record Deed(String id, String rotation, Action action, List<String> needs) {}

  private PlanDigest() {}

  static String of(
      String desiredDigest, Optional<Rollback> rollback, List<Step> steps, List<Gate> gates) {
    List<Deed> deeds =
        steps.stream().map(s -> new Deed(s.id(), s.rotation(), s.action(), s.needs())).toList();
    List<Gate> shut = gates.stream().map(PlanDigest::shut).toList();
    Object content =
        rollback
            .<Object>map(r ->
                new RollbackContent(
                    desiredDigest, deeds, shut, new Rollback(r.ca(), r.from(), r.to(), false)))
            .orElseGet(() -> new Content(desiredDigest, deeds, shut));
    return "sha256:" + Json.digest(content);
  }

  private static Gate shut(Gate gate) {
    return switch (gate) {
      case Gate.Soak g ->
          new Gate.Soak(g.id(), g.after(), g.before(), g.duration(), Optional.<Instant>empty());
      case Gate.Approval g -> new Gate.Approval(g.id(), g.after(), g.before(), g.question(), false);
      case Gate.Acknowledgement g -> g;
      case Gate.NotBefore g -> new Gate.NotBefore(g.id(), g.after(), g.before(), g.at(), NOWHERE);
    };
  }
}
