package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import newleaf.cli.BookingWorld.Scenario;
import newleaf.real.Until;

/// The embedded world, rotated by workers and commands in processes of their own, on a Temporal
/// server that somebody else started.
final class TemporalRig implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(5);

  final BookingWorld world;
  private final List<NewleafProcess> processes = new ArrayList<>();

  /// @param temporal address of a server with the namespace `control`
  /// @param from a text of the YAML, replaced by `to`
  TemporalRig(Path parent, String temporal, Scenario scenario, String from, String to)
      throws Exception {
    world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(scenario, "rolling", Duration.ofSeconds(3), Optional.empty()),
            Clock.systemUTC());
    Path yaml = world.folder().resolve("newleaf.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace(from, to));
    Files.writeString(
        yaml,
        """
        temporal:
          address: "%s"
          namespace: control
          plaintext: true
        """
            .formatted(temporal),
        StandardOpenOption.APPEND);
    world.world().traffic().awaitCompleted(20);
  }

  NewleafProcess newleaf(String... args) throws IOException {
    NewleafProcess process = NewleafProcess.start(world.folder(), world.environment(), args);
    processes.add(process);
    return process;
  }

  NewleafProcess worker() throws IOException {
    return newleaf("worker");
  }

  NewleafProcess apply() throws IOException {
    return newleaf("apply", "--on", "temporal", "--auto-approve");
  }

  /// @return what it printed
  static String good(NewleafProcess process) throws Exception {
    assertThat(process.exit()).as(process.text()).isZero();
    return process.text();
  }

  List<String> journal() {
    Path file = world.folder().resolve(".newleaf").resolve("journal.jsonl");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitLine(Predicate<String> wanted) {
    Until.holds("the journal goes on", LONG, () -> "", () -> journal().stream().anyMatch(wanted));
  }

  void awaitBegun(String action) {
    awaitLine(l -> l.contains("\"kind\":\"begun\"") && l.contains(action));
  }

  void awaitNothingDue() {
    Until.holds(
        "nothing is due",
        LONG,
        () -> "",
        () ->
            Captured.run(world.folder(), world.environment(), "plan", "--detailed-exitcode").exit()
                == 0);
  }

  @Override
  public void close() {
    processes.forEach(p -> p.process().destroyForcibly());
    world.close();
  }
}
