package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.emulator.workers.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// There and back again, against the embedded account and cluster, under working workers.
final class RollbackCommandTest {
  private static final Pattern DIGEST = Pattern.compile("\"digest\" : \"(sha256:[0-9a-f]{64})\"");

  @TempDir Path parent;

  private static Captured run(BookingWorld world, String... args) {
    return Captured.run(world.folder(), world.environment(), args);
  }

  private static void applies(BookingWorld world, String said, String... args) {
    Captured applied = run(world, args);
    assertThat(applied.exit()).as(applied.all()).isZero();
    assertThat(applied.out()).contains(said);
  }

  private static String digest(Captured planned) {
    Matcher found = DIGEST.matcher(planned.out());
    assertThat(found.find()).as(planned.all()).isTrue();
    return found.group(1);
  }

  @Test
  void thereAndBackAndForwardAgainAndBackFromTheEnd() throws Exception {
    try (BookingWorld world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(
                BookingWorld.Scenario.CA_ROLLOVER,
                "rolling",
                Duration.ofSeconds(2),
                Optional.empty()),
            Clock.systemUTC())) {
      refusals(world);
      applies(world, "Applied 4 of 5 steps.", "apply", "--auto-approve", "--until", "gate");

      Captured back =
          run(world, "rollback", "booking", "--out", "back.json", "--detailed-exitcode");
      assertThat(back.exit()).as(back.all()).isEqualTo(2);
      assertThat(back.out())
          .contains("Rotation booking  CA G2 -> G1 (rollback)", "Plan: 1 to reissue, 1 to roll.")
          .contains("Note: ca/booking-g1 stays in use until ");
      applies(world, "Applied 2 of 2 steps.", "apply", "back.json");
      applies(world, "No changes.", "apply", "back.json");
      keepsToIt(world);

      String forward = digest(run(world, "rollback", "booking", "--to", "g2", "-o", "json"));
      applies(world, "Applied 3 of 3 steps.", "apply", "--expect", forward);
      applies(world, "No changes.", "plan", "--detailed-exitcode");

      String again = digest(run(world, "rollback", "booking", "--to", "1", "-o", "json"));
      applies(world, "Applied 3 of 3 steps.", "apply", "--expect", again);
      keepsToIt(world);
      unharmed(world);
    }
  }

  private static void refusals(BookingWorld world) {
    assertThat(run(world, "rollback").exit()).isEqualTo(64);
    assertThat(run(world, "rollback", "booking", "--to", "yesterday").exit()).isEqualTo(64);
    Captured misspelt = run(world, "rollback", "bookings");
    assertThat(misspelt.exit()).isEqualTo(8);
    assertThat(misspelt.err()).contains("NL7050", "bookings", "Name one of: booking");
    Captured first = run(world, "rollback", "booking");
    assertThat(first.exit()).isEqualTo(7);
    assertThat(first.err()).contains("NL7051", "there: ca/booking-g1.");
    assertThat(run(world, "rollback", "booking", "--to", "g1").err())
        .contains("is at G1, its newest generation, already.");
    assertThat(run(world, "rollback", "booking", "--to", "g7").err()).contains("has no G7");
  }

  private static void keepsToIt(BookingWorld world) {
    Captured plan = run(world, "plan", "--detailed-exitcode");
    assertThat(plan.exit()).as(plan.all()).isZero();
    assertThat(plan.out().replaceAll("\\s+", " "))
        .contains("No changes.", "newleaf rollback booking --to g2");
    assertThat(run(world, "apply", "--auto-approve").out()).contains("No changes.");
    Captured again = run(world, "rollback", "booking", "--detailed-exitcode");
    assertThat(again.exit()).as(again.all()).isZero();
    assertThat(run(world, "show", ".newleaf/journal.jsonl").out())
        .contains("ca/booking goes back from G2 to G1");
  }

  private static void unharmed(BookingWorld world) throws Exception {
    assertThat(world.world().traffic().finish(Duration.ofSeconds(60))).isTrue();
    Traffic.Counts counts = world.world().traffic().counts();
    assertThat(counts.failed()).as(counts.failures().toString()).isZero();
    assertThat(counts.completed()).isPositive();
  }
}
