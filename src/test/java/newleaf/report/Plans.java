package newleaf.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.Newleaf;
import newleaf.observed.JournalPosition;
import newleaf.plan.Blocker;
import newleaf.plan.Due;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.plan.Summary;

/// Plans that nobody made.
final class Plans {
  private Plans() {}

  static Plan empty(Optional<Due> next) {
    return of(List.of(), List.of(), next);
  }

  static Plan of(List<Step> steps, List<Gate> gates, Optional<Due> next) {
    return of(steps, gates, next, List.of());
  }

  static Plan of(List<Step> steps, List<Gate> gates, Optional<Due> next, List<Blocker> blockers) {
    return new Plan(
        Plan.FORMAT_VERSION,
        Newleaf.VERSION,
        "sha256:" + "5c".repeat(32),
        Samples.NOW,
        Samples.NOW.plus(Duration.ofDays(1)),
        "f.yaml",
        "0".repeat(64),
        JournalPosition.START,
        Optional.empty(),
        new Plan.Looked(1, 1, 1),
        blockers.isEmpty(),
        new Summary(0, 0, 0, 0, 0, 0, 0, 0, gates.size(), 0, 0),
        next,
        List.of(),
        steps,
        gates,
        blockers,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
