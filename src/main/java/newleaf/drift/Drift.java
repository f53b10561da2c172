package newleaf.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.plan.Due;

/// What a check found.
///
/// @param file the YAML, as named on the command line
/// @param measure what the world was compared with
/// @param snapshotAt when the snapshot was taken, when there is one to compare with
/// @param findings what nothing explains, without what is ignored or under way
/// @param atRisk what ends inside `failWithin`, soonest first
/// @param lockHolder who is changing things right now
/// @param planned steps that `plan` would print; not drift
public record Drift(
    Instant asOf,
    String file,
    Looked looked,
    Measure measure,
    Optional<Instant> snapshotAt,
    List<Found> findings,
    Optional<Duration> failWithin,
    List<Sighting> atRisk,
    LeftOut leftOut,
    Optional<String> lockHolder,
    int planned,
    Optional<Due> nextDue,
    List<Sighting> seen) {

  public enum Measure {
    SNAPSHOT,
    /// no apply has written one yet
    NO_SNAPSHOT,
    /// the snapshot goes with another journal, so nothing explains a difference from it
    OTHER_JOURNAL
  }

  public record Looked(int namespaces, int cas, int leaves, int workers) {}

  /// What was found and is not shown.
  ///
  /// @param ignored findings of ignored addresses
  /// @param ignoredAtRisk the same of certificates that end
  /// @param underWay findings on resources that a run is changing at this moment
  public record LeftOut(int ignored, int ignoredAtRisk, int underWay) {}

  public Drift {
    findings = List.copyOf(findings);
    atRisk = List.copyOf(atRisk);
    seen = List.copyOf(seen);
  }

  /// Nothing that a person has to look at.
  public boolean isQuiet() {
    return findings.isEmpty() && atRisk.isEmpty();
  }
}
