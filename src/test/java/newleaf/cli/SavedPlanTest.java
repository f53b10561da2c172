package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both ways from a pull request to a pipeline, against the embedded account and cluster: the saved
/// plan is handed on, or only its digest is.
final class SavedPlanTest {
  private static final Pattern DIGEST = Pattern.compile("\"digest\" : \"(sha256:[0-9a-f]{64})\"");

  @TempDir Path parent;

  private BookingWorld start(BookingWorld.Scenario scenario) {
    return BookingWorld.start(
        parent.resolve("world"),
        new BookingWorld.Story(scenario, "rolling", Duration.ofSeconds(2), Optional.empty()),
        Clock.systemUTC());
  }

  private static Captured run(BookingWorld world, String... args) {
    return Captured.run(world.folder(), world.environment(), args);
  }

  private static String digest(String planJson) {
    Matcher found = DIGEST.matcher(planJson);
    assertThat(found.find()).as(planJson).isTrue();
    return found.group(1);
  }

  @Test
  void savedPlanIsAppliedOnceAndOnlyWhileItHolds() throws IOException {
    try (BookingWorld world = start(BookingWorld.Scenario.LEAF_RENEWAL)) {
      assertThat(run(world, "plan", "--out", "plan.json", "--detailed-exitcode").exit())
          .isEqualTo(2);
      Path yaml = world.folder().resolve("newleaf.yaml");
      String asPlanned = Files.readString(yaml);

      Files.writeString(yaml, asPlanned + "# changed\n");
      Captured stale = run(world, "apply", "plan.json");
      assertThat(stale.exit()).isEqualTo(4);
      assertThat(stale.err()).contains("NL5201", "newleaf plan");
      assertThat(world.folder().resolve(".newleaf/journal.jsonl")).doesNotExist();

      Files.writeString(yaml, asPlanned);
      Captured applied = run(world, "apply", "plan.json");
      assertThat(applied.exit()).as(applied.all()).isZero();
      assertThat(applied.out()).contains("Applied 2 of 2 steps.");

      Captured again = run(world, "apply", "plan.json");
      assertThat(again.exit()).as(again.all()).isZero();
      assertThat(again.out()).contains("No changes.");
    }
  }

  @Test
  void expectedDigestIsRefusedWhenSomethingElseWouldBeDoneAndGoesOnAfterItWasBegun() {
    try (BookingWorld world = start(BookingWorld.Scenario.CA_ROLLOVER)) {
      Captured planned = run(world, "plan", "-o", "json");
      assertThat(planned.exit()).isZero();
      String digest = digest(planned.out());

      Captured other = run(world, "apply", "--expect", "sha256:" + "0".repeat(64));
      assertThat(other.exit()).isEqualTo(4);
      assertThat(other.err()).contains("NL5205", digest);
      assertThat(run(world, "apply", "--expect", "sha256:0").exit()).isEqualTo(64);
      assertThat(run(world, "apply", "--continue").out()).contains("No plan was begun.");

      Captured first =
          run(world, "apply", "--expect", digest, "--until", "gate", "--detailed-exitcode");
      assertThat(first.exit()).as(first.all()).isEqualTo(3);
      assertThat(first.out()).contains("Applied 4 of 5 steps.", "Waiting: soak/ca/booking-g1");

      Captured rest = run(world, "apply", "--continue", "--detailed-exitcode");
      assertThat(rest.exit()).as(rest.all()).isZero();
      assertThat(rest.out()).contains("Applied 1 of 1 step.");
      assertThat(run(world, "apply", "--expect", digest).out()).contains("No changes.");
      assertThat(run(world, "apply", "--continue", "--auto-approve").exit()).isEqualTo(64);
    }
  }

  @Test
  void planOfALaterDayShowsWhatIsDueThen() {
    try (BookingWorld world = start(BookingWorld.Scenario.LEAF_RENEWAL)) {
      assertThat(run(world, "plan").out()).doesNotContain("ca/booking-g2");
      assertThat(run(world, "plan", "--as-of", "+360d").out()).contains("ca/booking-g2");
      assertThat(run(world, "plan", "--as-of", "tomorrow").exit()).isEqualTo(64);
      assertThat(run(world, "plan", "--as-of", "2027-02-30").err()).contains("--as-of", "+30d");
    }
  }
}
