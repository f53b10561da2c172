package newleaf.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.emulator.frontend.Handshake;
import newleaf.emulator.frontend.Verdict;
import newleaf.emulator.workers.Traffic;

/// What the world saw of a rotation: workflows as their client counted them, handshakes as the
/// frontend did.
record DemoReport(
    BookingWorld booking,
    Set<Fingerprint> workerLeaves,
    Traffic.Counts counts,
    int steps,
    Duration took) {

  DemoReport {
    workerLeaves = Set.copyOf(workerLeaves);
  }

  /// No workflow failed and no worker was refused.
  boolean good() {
    return counts.failed() == 0 && counts.completed() > 0 && workersRefused() == 0;
  }

  private long workersRefused() {
    return booking.world().handshakes().all().stream()
        .filter(h -> workerLeaves.contains(h.leaf().fingerprint()))
        .filter(h -> h.verdict() instanceof Verdict.Refused)
        .count();
  }

  String text() {
    StringBuilder out = new StringBuilder();
    line(out, "What the world saw");
    line(
        out,
        "  workflows   %d started, %d completed, %d failed; longest time without one: %.1fs"
            .formatted(
                counts.started(),
                counts.completed(),
                counts.failed(),
                counts.longestGap().toMillis() / 1000.0));
    counts.failures().forEach((why, times) -> line(out, "    %dx %s".formatted(times, why)));
    line(out, "  handshakes, by certificate                             accepted  refused");
    rows().forEach((who, row) -> line(out, "    %-50s %9d %8d".formatted(who, row[0], row[1])));
    line(
        out,
        "  steps       %d in %.1fs; workers refused: %d"
            .formatted(steps, took.toMillis() / 1000.0, workersRefused()));
    return out.toString();
  }

  /// accepted and refused, by who showed the certificate
  private Map<String, long[]> rows() {
    Map<String, long[]> rows = new LinkedHashMap<>();
    for (Handshake handshake : booking.world().handshakes().all()) {
      long[] row = rows.computeIfAbsent(who(handshake), _ -> new long[2]);
      row[handshake.verdict() instanceof Verdict.Accepted ? 0 : 1]++;
    }
    return rows;
  }

  private String who(Handshake handshake) {
    String issuer = handshake.leaf().issuer().commonName().orElse("nobody");
    return workerLeaves.contains(handshake.leaf().fingerprint())
        ? "workers' leaf %s of %s".formatted(handshake.leaf().fingerprint().shortText(), issuer)
        : "newleaf's probes with leaves of " + issuer;
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append('\n');
  }
}
