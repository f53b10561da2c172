package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `apply --events` on a real run.
final class ApplyEventsTest {
  @TempDir Path folder;

  @Test
  void everyStepIsOnStdoutAsJsonAndTheTextOnStderr() throws IOException {
    try (BookingWorld world = world()) {
      Captured none = run(world, "--events", "no/such/folder/events.jsonl");
      assertThat(none.exit()).isEqualTo(ExitCode.INVALID.code());
      assertThat(none.err()).contains("NL7502").hasLineCount(2);
      Captured run = run(world, "--events", "-");
      assertThat(run.exit()).as(run.all()).isZero();
      List<String> lines = run.out().lines().toList();
      assertThat(lines).allMatch(l -> l.startsWith("{\"kind\":\"") && l.endsWith("}"));
      assertThat(lines.getFirst()).contains("\"version\"", "\"ui\":\"1.0\"");
      assertThat(lines.getLast()).contains("\"summary\"", "\"exit\":0,\"done\":2,\"of\":2");
      assertThat(run.out())
          .contains("\"plan_step\"", "\"step_start\"", "\"step_done\"", "\"proof\"")
          .contains("\"pods\"", "\"polling\"", "\"proving\"");
      assertThat(run.err()).contains("Rotation booking", "[2/2] roll ", "Applied 2 of 2 steps.");
      assertThat(run.all()).doesNotContain("PRIVATE KEY", "of-the-sandbox", "\u001b");
      Captured again = run(world, "--events", "again.jsonl");
      assertThat(again.out()).contains("No changes.");
      assertThat(Files.readAllLines(folder.resolve("again.jsonl"))).hasSize(2);
    }
  }

  private BookingWorld world() {
    return BookingWorld.start(
        folder.resolve("world"),
        new BookingWorld.Story(
            BookingWorld.Scenario.LEAF_RENEWAL, "rolling", Duration.ofSeconds(1), Optional.empty()),
        Clock.systemUTC());
  }

  private Captured run(BookingWorld world, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "apply";
    args[1] = "--auto-approve";
    System.arraycopy(options, 0, args, 2, options.length);
    return Captured.run(folder, world.environment(), args);
  }
}
