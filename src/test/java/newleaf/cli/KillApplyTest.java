package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import newleaf.cert.Fingerprint;
import newleaf.desired.DesiredYaml;
import newleaf.emulator.frontend.Verdict;
import newleaf.emulator.workers.Traffic;
import newleaf.plan.Plan;
import newleaf.plan.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of an apply that runs in a process of its own, at moments read off its journal.
final class KillApplyTest {
  private static final long LIMIT_NANOS = Duration.ofSeconds(90).toNanos();

  @TempDir Path parent;

  @Test
  void applyKilledAgainAndAgainConvergesWithoutHarm() throws Exception {
    try (BookingWorld world = world("each-step", "rolling")) {
      killWhen(world, begun("trust_ca"));
      stopWhen(world, proved("the new leaf in"));
      killWhen(world, begun("roll_worker"));
      killWhen(world, proved("was started for leaf"));
      killWhen(world, begun("retire_ca"));
      converges(world);
    }
  }

  @Test
  void applyKilledWhileScaledDownBringsTheWorkersBack() throws Exception {
    try (BookingWorld world = world("scale", "scale")) {
      killWhen(world, begun("scale_worker"));
      converges(world);
    }
  }

  @Test
  void ofTwoAppliesOneWorksAndTheOtherSaysWhoAndCtrlCReleasesTheLock() throws Exception {
    try (BookingWorld world = world("two", "rolling")) {
      NewleafProcess first = runUntil(world, begun("trust_ca"));
      NewleafProcess second = apply(world);
      assertThat(second.exit()).as(second.text()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(second.text())
          .contains("NL6001", "process " + first.process().pid(), "newleaf lock");
      int exit = new ProcessBuilder("kill", "-INT", "" + first.process().pid()).start().waitFor();
      assertThat(exit).isZero();
      assertThat(first.exit()).as(first.text()).isEqualTo(ExitCode.INTERRUPTED.code());
      assertThat(first.text()).contains("Stopped.", "go on with: newleaf apply -f ");
      Captured lock = Captured.run(world.folder(), world.environment(), "lock", "show");
      assertThat(lock.exit()).as(lock.all()).isZero();
      assertThat(lock.out()).containsIgnoringCase("nobody holds");
      converges(world);
    }
  }

  private BookingWorld world(String name, String restart) throws InterruptedException {
    BookingWorld world =
        BookingWorld.start(
            parent.resolve(name),
            new BookingWorld.Story(
                BookingWorld.Scenario.CA_ROLLOVER,
                restart,
                Duration.ofSeconds(3),
                Optional.empty()),
            Clock.systemUTC());
    world.world().traffic().awaitCompleted(20);
    return world;
  }

  private static Predicate<String> begun(String action) {
    return line ->
        line.contains("\"kind\":\"begun\"") && line.contains("\"kind\":\"" + action + "\"");
  }

  private static Predicate<String> proved(String what) {
    return line -> line.contains("\"kind\":\"proved\"") && line.contains(what);
  }

  /// Starts an apply and kills it (SIGKILL) at the first new line of the journal that fits.
  private static void killWhen(BookingWorld world, Predicate<String> moment)
      throws IOException, InterruptedException {
    NewleafProcess apply = runUntil(world, moment);
    apply.process().destroyForcibly();
    assertThat(apply.exit()).isEqualTo(137);
  }

  /// As `killWhen`, but asks it to end (SIGTERM): it says how to go on.
  private static void stopWhen(BookingWorld world, Predicate<String> moment)
      throws IOException, InterruptedException {
    NewleafProcess apply = runUntil(world, moment);
    apply.process().destroy();
    assertThat(apply.exit()).isEqualTo(143);
    assertThat(apply.text()).contains("Stopped.", "go on with: newleaf apply -f ");
  }

  private static NewleafProcess runUntil(BookingWorld world, Predicate<String> moment)
      throws IOException, InterruptedException {
    int before = journal(world).size();
    NewleafProcess apply = apply(world);
    long end = System.nanoTime() + LIMIT_NANOS;
    while (journal(world).stream().skip(before).noneMatch(moment)) {
      assertThat(apply.process().isAlive()).as(apply.text() + journal(world)).isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(2);
    }
    return apply;
  }

  private static List<String> journal(BookingWorld world) throws IOException {
    Path file = world.folder().resolve(".newleaf").resolve("journal.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static NewleafProcess apply(BookingWorld world) throws IOException {
    return NewleafProcess.start(world.folder(), world.environment(), "apply", "--auto-approve");
  }

  private static void converges(BookingWorld world) throws Exception {
    NewleafProcess last = apply(world);
    assertThat(last.exit()).as(last.text()).isZero();
    Captured plan =
        Captured.run(world.folder(), world.environment(), "plan", "--detailed-exitcode");
    assertThat(plan.exit()).as(plan.all() + last.text()).isZero();
    assertThat(plan.out()).contains("No changes.");
    assertThat(names(world.folder().resolve("keys")))
        .contains("booking-g1.key", "booking-g1.crt", "booking-g2.key", "booking-g2.crt")
        .noneMatch(name -> name.contains("g3"));
    seenFromOutside(world);
    assertThat(world.world().traffic().finish(Duration.ofSeconds(60))).isTrue();
    Traffic.Counts counts = world.world().traffic().counts();
    assertThat(counts.failed()).as(counts.failures().toString()).isZero();
    assertThat(counts.completed()).isPositive();
    assertThat(refused(world)).isZero();
  }

  private static void seenFromOutside(BookingWorld world) throws IOException {
    Terminal terminal = Captured.silent(world.folder(), world.environment());
    var desired =
        DesiredYaml.read(
            "newleaf.yaml", Files.readAllBytes(world.folder().resolve("newleaf.yaml")));
    try (Wiring wiring = new Wiring(terminal, desired, world.folder())) {
      var observed =
          wiring
              .observer()
              .observe(
                  Scopes.of(desired),
                  newleaf.journal.Journal.open(
                          world.folder().resolve(".newleaf"), Clock.systemUTC())
                      .recorded(),
                  Clock.systemUTC().instant());
      assertThat(observed.namespaces()).allMatch(n -> n.acceptedClientCas().size() == 1);
      assertThat(observed.workers()).allMatch(w -> w.replicas() == 3 && w.pods().size() == 3);
    }
    Plan plan = new Session(terminal, desired, world.folder()).plan();
    assertThat(plan.isEmpty()).isTrue();
  }

  private static long refused(BookingWorld world) throws IOException {
    Terminal terminal = Captured.silent(world.folder(), world.environment());
    var desired =
        DesiredYaml.read(
            "newleaf.yaml", Files.readAllBytes(world.folder().resolve("newleaf.yaml")));
    Set<Fingerprint> leaves =
        new HashSet<>(new Session(terminal, desired, world.folder()).issuedLeaves());
    leaves.add(world.firstLeaf().fingerprint());
    return world.world().handshakes().all().stream()
        .filter(h -> leaves.contains(h.leaf().fingerprint()))
        .filter(h -> h.verdict() instanceof Verdict.Refused)
        .count();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
