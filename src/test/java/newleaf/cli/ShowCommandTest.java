package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import newleaf.cert.Fingerprint;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.json.Json;
import newleaf.observed.Observed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Path PLANS = Path.of("plans").toAbsolutePath();

  @TempDir Path folder;

  private String show(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "show";
    System.arraycopy(args, 0, all, 1, args.length);
    Captured run = Captured.run(folder, Map.of(), all);
    assertThat(run.exit()).as(run.all()).isZero();
    return run.out();
  }

  @Test
  void savedPlanLooksAsItDidWhenItWasMade() {
    String plan = PLANS.resolve("ca-rollover.1.json").toString();
    assertThat(show(plan)).isEqualTo(read(PLANS.resolve("ca-rollover.1.txt")));
    assertThat(show(plan, "-o", "json")).isEqualTo(read(PLANS.resolve("ca-rollover.1.json")));
    assertThat(show(plan, "-o", "markdown")).isEqualTo(read(PLANS.resolve("ca-rollover.1.md")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void journalIsShownLineByLineAndHostileTextCanNotForgeOne() {
    Journal journal = Journal.open(folder, InstantSource.fixed(NOW));
    journal.append(new Entry.RunStarted("r1", "a\n   9  forged", "0".repeat(64), "sha256:5c"));
    journal.append(new Entry.Ended("r1-s1", new Outcome.Failed("no answer")));
    journal.append(
        new Entry.LeafIssued(
            "secret/a/b",
            new Fingerprint("ab".repeat(32)),
            new Fingerprint("cd".repeat(32)),
            NOW.plusSeconds(86_400)));
    assertThat(show("journal.jsonl").lines())
        .containsExactly(
            "   1  2026-11-24T00:00:00Z  run r1 on a\\n   9  forged, plan sha256:5c",
            "   2  2026-11-24T00:00:00Z  r1-s1 FAILED: no answer",
            "   3  2026-11-24T00:00:00Z  issued for secret/a/b: abababab, until 2026-11-25");
    assertThat(show("journal.jsonl", "-o", "json")).startsWith("[").contains("\"seq\" : 3");
    assertThat(show("journal.jsonl", "-o", "markdown")).startsWith("```text\n");
  }

  @Test
  void lookAtTheWorldIsShownCertificateByCertificate() throws IOException {
    Observed observed = Json.read(read(Path.of("state/ca-rollover.1.json")), Observed.class);
    StateFile.write(folder.resolve("seen.json"), Snapshot.of(observed, "0".repeat(64)));
    assertThat(show("seen.json"))
        .contains("namespace/temporal-booking.sdvdw  version v1")
        .contains("  accepts  CN=Booking CA G1,O=Temporal  30233f24  until 2026-11-01 (48d)")
        .contains("secret/billing/temporal-tls\n  holds    CN=temporal-booking.sdvdw")
        .contains("deployment/temporal-booking/temporal-booking-worker  3 replicas, 3 ready");
  }

  @Test
  void whatIsNotThereOrIsNothingOfOursIsSaid() throws IOException {
    assertThat(Captured.run(folder, Map.of(), "show", "none.json").err()).contains("NL7015");
    Files.writeString(folder.resolve("x.json"), "{}");
    assertThat(Captured.run(folder, Map.of(), "show", "x.json").err()).contains("NL6102");
  }
}
