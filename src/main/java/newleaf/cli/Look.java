package newleaf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.desired.Desired;
import newleaf.drift.Drift;
import newleaf.drift.DriftCheck;
import newleaf.drift.IgnoreList;
import newleaf.journal.Journal;
import newleaf.journal.Snapshot;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;
import newleaf.workflow.RemoteClusters;

/// One look at everything, without a port that writes, while another newleaf may be at work. So the
/// journal is read once more after the world: then each step whose effect shows is in it.
///
/// @param live the world now
/// @param journal as it was after that
/// @param lockHolder who was at work before or after
record Look(Desired desired, Observed live, Journal journal, Optional<String> lockHolder) {

  static Look take(Terminal terminal, Desired desired, Path base, State state) {
    return take(terminal, desired, base, state, RemoteClusters.NONE);
  }

  static Look take(
      Terminal terminal, Desired desired, Path base, State state, RemoteClusters remote) {
    Optional<String> before = StateLock.holder(terminal, state);
    Journal earlier = state.journal(terminal.clock());
    try (Reading reading = new Reading(terminal, desired, base, remote)) {
      Instant asOf = terminal.clock().instant();
      Observed live = reading.observer().observe(Scopes.of(desired), earlier.recorded(), asOf);
      return new Look(
          desired,
          live,
          state.journal(terminal.clock()),
          before.or(() -> StateLock.holder(terminal, state)));
    }
  }

  /// For whoever holds the lock himself.
  Look alone() {
    return new Look(desired, live, journal, Optional.empty());
  }

  Plan plan() {
    return Planner.plan(desired, live, live.at());
  }

  /// @param snapshot read before this look
  Drift drift(Optional<Snapshot> snapshot, Optional<Duration> failWithin, IgnoreList ignored) {
    return DriftCheck.of(
        new DriftCheck.Question(desired, snapshot, failWithin, ignored),
        new DriftCheck.Evidence(live, journal.lines(), journal.position(), lockHolder),
        plan());
  }
}
