package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.drift.Drift;
import newleaf.drift.Found;
import newleaf.drift.Sighting;
import newleaf.plan.Due;

/// What a check found, for a terminal or a log: one line when nothing is wrong.
public final class DriftText {
  private final Drift drift;
  private final DriftSheet out = new DriftSheet();

  private DriftText(Drift drift) {
    this.drift = drift;
  }

  public static String of(Drift drift) {
    DriftText text = new DriftText(drift);
    if (drift.isQuiet()) {
      text.quiet();
    } else {
      text.loud();
    }
    return text.out.toString();
  }

  private void quiet() {
    String compared = drift.measure() == Drift.Measure.SNAPSHOT ? "No drift. " : "";
    out.wrapped("", compared + looked(drift) + ends() + next(drift));
    notes();
  }

  /// Says only what was looked at.
  private String ends() {
    return drift
        .failWithin()
        .map(d -> " Nothing ends within " + Words.duration(d) + ".")
        .orElse("");
  }

  private void loud() {
    out.wrapped("", "newleaf drift  " + drift.file() + "   as of " + Words.time(drift.asOf()));
    out.wrapped("", looked(drift));
    notes();
    findings();
    atRisk();
    out.gap();
    out.wrapped("", summary(drift) + next(drift));
  }

  private void findings() {
    for (Found found : drift.findings()) {
      DriftStory story = DriftStory.of(found.finding());
      out.gap();
      out.wrapped("! ", found.finding().address() + "  " + story.title());
      out.labelled("    before  ", story.before().lines());
      out.labelled("    after   ", story.after().lines());
      out.wrapped("    since   ", since(found));
      out.wrapped("    why     ", story.why());
      out.wrapped("    do      ", story.next());
      out.wrapped("    meant?  ", accept(found));
    }
  }

  static String since(Found found) {
    return "between %s and %s (%s)"
        .formatted(
            Words.time(found.after()),
            Words.time(found.seen()),
            Words.about(Duration.between(found.after(), found.seen())));
  }

  static String accept(Found found) {
    return "Then take it as it is: newleaf drift --accept '"
        + found.finding().address().replace("'", "'\\''")
        + "'";
  }

  private void atRisk() {
    if (drift.atRisk().isEmpty()) {
      return;
    }
    out.gap();
    out.line(
        "Ends within %s:".formatted(drift.failWithin().map(Words::duration).orElse("that time")));
    for (Sighting sighting : drift.atRisk()) {
      out.wrapped("! ", sighting.address() + "  " + ending(sighting, drift.asOf()));
      out.wrapped("    ", DriftSide.line(sighting.certificate()) + trusted(sighting));
    }
  }

  /// `ends in 12d, 2026-12-06`
  static String ending(Sighting sighting, Instant asOf) {
    Instant end = sighting.certificate().validity().notAfter();
    String about = Words.about(Duration.between(asOf, end));
    String when = asOf.isAfter(end) ? "ENDED " + about + " ago, " : "ends in " + about + ", ";
    return when + Words.time(end) + renewal(sighting, asOf);
  }

  private static String renewal(Sighting sighting, Instant asOf) {
    return sighting
        .renewAt()
        .map(t ->
            asOf.isBefore(t)
                ? "; renewal is due " + Words.day(t)
                : "; renewal is due since " + Words.day(t) + ": newleaf plan")
        .orElse("; newleaf does not renew it");
  }

  static String trusted(Sighting sighting) {
    List<String> by = sighting.trustedBy();
    if (by.isEmpty()) {
      return "";
    }
    String first = String.join(", ", by.subList(0, Math.min(3, by.size())));
    return "; accepted by " + (by.size() > 3 ? first + " and " + (by.size() - 3) + " more" : first);
  }

  private void notes() {
    notes(drift).forEach(note -> out.wrapped("", note));
  }

  /// What a reader has to know beside the result.
  static List<String> notes(Drift drift) {
    return java.util.stream.Stream.of(
            measure(drift),
            drift
                .lockHolder()
                .map(h ->
                    "The lock is held by %s; what it is changing now is left out%s."
                        .formatted(h, count(drift.leftOut().underWay()))),
            ignored(drift))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> measure(Drift drift) {
    return switch (drift.measure()) {
      case SNAPSHOT -> Optional.empty();
      case NO_SNAPSHOT ->
          Optional.of(
              "There is no snapshot to compare with yet, so only ends were looked at. The next"
                  + " apply writes one.");
      case OTHER_JOURNAL ->
          Optional.of(
              "The snapshot goes with another journal, so only ends were looked at. The next apply"
                  + " writes a new one.");
    };
  }

  private static Optional<String> ignored(Drift drift) {
    int all = drift.leftOut().ignored() + drift.leftOut().ignoredAtRisk();
    return all == 0
        ? Optional.empty()
        : Optional.of("Ignored as the ignore file says: " + Words.count(all, "finding") + ".");
  }

  private static String count(int number) {
    return number == 0 ? "" : " (" + Words.count(number, "finding") + ")";
  }

  static String looked(Drift drift) {
    Drift.Looked looked = drift.looked();
    return "Looked at %s, %s, %s, %s%s."
        .formatted(
            Words.count(looked.namespaces(), "namespace"),
            Words.count(looked.cas(), "CA"),
            looked.leaves() == 1 ? "1 leaf" : looked.leaves() + " leaves",
            Words.count(looked.workers(), "worker group"),
            drift
                .snapshotAt()
                .map(at ->
                    "; compared with %s (%s ago)"
                        .formatted(Words.time(at), Words.about(Duration.between(at, drift.asOf()))))
                .orElse(""));
  }

  static String summary(Drift drift) {
    String changes = Words.count(drift.findings().size(), "change") + " by others, ";
    return (drift.measure() == Drift.Measure.SNAPSHOT ? changes : "")
        + Words.count(drift.atRisk().size(), "certificate")
        + " at risk.";
  }

  static String next(Drift drift) {
    if (drift.planned() > 0) {
      return " Not drift: newleaf plan has %s.".formatted(Words.count(drift.planned(), "step"));
    }
    return drift.nextDue().map(due -> " Next due: " + due(due, drift.asOf()) + ".").orElse("");
  }

  static String due(Due due, Instant asOf) {
    Duration left = Duration.between(asOf, due.at());
    String when =
        "%s (%s)"
            .formatted(
                left.toDays() < 2 ? Words.time(due.at()) : Words.day(due.at()),
                left.isPositive() ? "in " + Words.about(left) : "now");
    return due.address()
        + switch (due.what()) {
          case STEP -> " has a step that can be carried out now";
          case SOAK -> " is over " + when;
          case NOT_BEFORE -> " opens " + when;
          case RENEWAL -> " is due for renewal " + when;
          case EXPIRY -> " ends " + when;
        };
  }
}
