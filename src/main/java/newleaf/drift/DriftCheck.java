package newleaf.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import newleaf.desired.Desired;
import newleaf.drift.Drift.LeftOut;
import newleaf.drift.Drift.Measure;
import newleaf.journal.Line;
import newleaf.journal.Snapshot;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Scopes;

/// Compares the world with the last snapshot and lists what nothing explains; and what ends soon.
public final class DriftCheck {

  /// @param snapshot read before the world was looked at, so that it is never newer
  /// @param failWithin how soon an end is a risk; empty looks at no ends
  public record Question(
      Desired desired,
      Optional<Snapshot> snapshot,
      Optional<Duration> failWithin,
      IgnoreList ignored) {}

  /// @param live the world now
  /// @param journal read after the world was looked at, so that each step whose effect shows is in
  ///   it
  /// @param position how far that journal is
  /// @param lockHolder who held the lock before or after that
  public record Evidence(
      Observed live, List<Line> journal, JournalPosition position, Optional<String> lockHolder) {
    public Evidence {
      journal = List.copyOf(journal);
    }
  }

  private DriftCheck() {}

  /// @param plan of the same world, for what is due
  public static Drift of(Question question, Evidence evidence, Plan plan) {
    Observed live = evidence.live();
    Optional<Snapshot> measure = question.snapshot().filter(s -> fits(s, evidence));
    List<Found> all = measure.map(s -> compare(question.desired(), s, evidence)).orElse(List.of());
    Set<String> underWay = underWay(evidence);
    List<Found> settled = all.stream().filter(f -> !underWay.contains(address(f))).toList();
    List<Found> heard =
        settled.stream().filter(f -> !question.ignored().matches(address(f))).toList();
    List<Sighting> seen = Sightings.of(question.desired(), live);
    List<Sighting> ending = ending(seen, question.failWithin(), live.at());
    List<Sighting> atRisk =
        ending.stream().filter(s -> !question.ignored().matches(s.address())).toList();
    return new Drift(
        live.at(),
        question.desired().file(),
        looked(live),
        measure(question, measure),
        measure.map(Snapshot::at),
        heard,
        question.failWithin(),
        atRisk,
        leftOut(all, settled, heard, ending.size() - atRisk.size()),
        evidence.lockHolder(),
        plan.steps().size(),
        plan.nextDue(),
        seen);
  }

  private static LeftOut leftOut(
      List<Found> all, List<Found> settled, List<Found> heard, int ignoredAtRisk) {
    return new LeftOut(settled.size() - heard.size(), ignoredAtRisk, all.size() - settled.size());
  }

  private static boolean fits(Snapshot snapshot, Evidence evidence) {
    return snapshot.belongsTo(evidence.position());
  }

  private static List<Found> compare(Desired desired, Snapshot snapshot, Evidence evidence) {
    Baseline baseline = new Baseline(snapshot, evidence.journal(), evidence.live());
    return Comparison.of(Scopes.of(desired), baseline, evidence.live());
  }

  private static Measure measure(Question question, Optional<Snapshot> used) {
    if (used.isPresent()) {
      return Measure.SNAPSHOT;
    }
    return question.snapshot().isPresent() ? Measure.OTHER_JOURNAL : Measure.NO_SNAPSHOT;
  }

  /// Only while the lock is held: what a stopped run left open is explained by the journal, and the
  /// rest of that resource is nobody's.
  private static Set<String> underWay(Evidence evidence) {
    return evidence.lockHolder().isEmpty()
        ? Set.of()
        : Runs.of(evidence.journal()).unfinished().stream()
            .map(u -> u.step().address())
            .collect(Collectors.toSet());
  }

  private static String address(Found found) {
    return found.finding().address();
  }

  private static List<Sighting> ending(
      List<Sighting> seen, Optional<Duration> within, Instant asOf) {
    return within.stream()
        .map(asOf::plus)
        .flatMap(limit ->
            seen.stream().filter(s -> !s.certificate().validity().notAfter().isAfter(limit)))
        .sorted(Comparator.comparing(s -> s.certificate().validity().notAfter()))
        .toList();
  }

  private static Drift.Looked looked(Observed live) {
    return new Drift.Looked(
        live.namespaces().size(), live.cas().size(), live.leaves().size(), live.workers().size());
  }
}
