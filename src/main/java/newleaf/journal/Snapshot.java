package newleaf.journal;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;

/// How the world looked at the end of a run: what drift is measured against. Only a memory; the
/// journal is the truth, so a lost snapshot costs one comparison and nothing else.
///
/// @param formatVersion a new minor only adds; another major is refused
/// @param journal how far the journal was
/// @param desiredDigest SHA-256 of the YAML, hex
/// @param earlier older looks at single resources that somebody else has changed since: they are
///   compared with that until the change is gone or accepted. Without it the next apply would take
///   a stranger's change for what has always been.
public record Snapshot(
    String formatVersion,
    JournalPosition journal,
    String desiredDigest,
    Instant at,
    Observed observed,
    List<Observed> earlier) {
  public static final String FORMAT_VERSION = "1.1";

  public Snapshot {
    earlier = List.copyOf(earlier);
  }

  /// What was seen, and nothing older to remember.
  public static Snapshot of(Observed observed, String desiredDigest) {
    return new Snapshot(
        FORMAT_VERSION,
        observed.recorded().journal(),
        desiredDigest,
        observed.at(),
        observed,
        List.of());
  }

  public Snapshot remembering(List<Observed> older) {
    return new Snapshot(formatVersion, journal, desiredDigest, at, observed, older);
  }

  /// Up to which line of the journal nobody will ask again what happened.
  public long seen() {
    return Stream.concat(Stream.of(observed), earlier.stream())
        .mapToLong(look -> look.recorded().journal().serial())
        .min()
        .orElse(0);
  }

  /// The journal goes on from where it was then. Another one, or one that was cut, explains
  /// nothing.
  public boolean belongsTo(JournalPosition now) {
    return now.serial() >= journal.serial()
        && (journal.lineage().isEmpty() || journal.lineage().equals(now.lineage()));
  }
}
