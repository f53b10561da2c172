package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import newleaf.cert.LeafPair;
import newleaf.cli.BookingWorld.Scenario;
import newleaf.real.TemporalServer;
import newleaf.real.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rotations on a real Temporal server, with workers and commands in processes of their own; the
/// world that is rotated is embedded.
@Tag("real")
final class RealOnTemporalTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String ROTATION = "ca/booking";
  private static final String RETIRE = "retire/ca/booking-g1";
  private static final String PASSPHRASE = "passphrase-of-the-sandbox";
  private static final String API_KEY = "key-of-the-sandbox";

  @TempDir Path parent;

  private final List<NewleafProcess> processes = new ArrayList<>();
  private TemporalServer temporal;

  @BeforeEach
  void start() throws IOException {
    temporal = TemporalServer.start(Files.createDirectories(parent.resolve("server")), "control");
  }

  @AfterEach
  void stop() {
    processes.forEach(p -> p.process().destroyForcibly());
    temporal.close();
  }

  private BookingWorld world(Scenario scenario, String from, String to) throws Exception {
    BookingWorld world =
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
            .formatted(temporal.address()),
        StandardOpenOption.APPEND);
    world.world().traffic().awaitCompleted(20);
    return world;
  }

  private BookingWorld rollover() throws Exception {
    return world(Scenario.CA_ROLLOVER, "", "");
  }

  private NewleafProcess newleaf(BookingWorld world, String... args) throws IOException {
    NewleafProcess process = NewleafProcess.start(world.folder(), world.environment(), args);
    processes.add(process);
    return process;
  }

  private NewleafProcess worker(BookingWorld world) throws IOException {
    return newleaf(world, "worker");
  }

  private NewleafProcess apply(BookingWorld world) throws IOException {
    return newleaf(world, "apply", "--on", "temporal", "--auto-approve");
  }

  private static String good(NewleafProcess process) throws Exception {
    assertThat(process.exit()).as(process.text()).isZero();
    return process.text();
  }

  private static List<String> journal(BookingWorld world) throws IOException {
    Path file = world.folder().resolve(".newleaf").resolve("journal.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static void awaitLine(BookingWorld world, int from, Predicate<String> wanted) {
    Until.holds(
        "the journal goes on",
        LONG,
        () -> "",
        () -> {
          try {
            return journal(world).stream().skip(from).anyMatch(wanted);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private void assertRotatedWithoutHarm(BookingWorld world) throws Exception {
    String plan = good(newleaf(world, "plan", "--detailed-exitcode"));
    assertThat(plan).contains("No changes.");
    assertThat(world.folder().resolve("keys").resolve("booking-g2.crt")).exists();
    assertThat(world.folder().resolve("keys").resolve("booking-g3.crt")).doesNotExist();
    assertThat(world.world().traffic().counts().failed()).isZero();
    assertThat(journal(world)).filteredOn(l -> l.contains("\"kind\":\"ca_made\"")).hasSize(1);
    assertThat(journal(world)).filteredOn(l -> l.contains("\"kind\":\"leaf_issued\"")).hasSize(1);
    assertThat(secretsInHistories(world)).isEmpty();
  }

  /// What must never be in a history, in the forms in which it might get there.
  private List<String> secretsInHistories(BookingWorld world) throws Exception {
    List<String> secrets = new ArrayList<>(List.of(PASSPHRASE, API_KEY, "PRIVATE KEY"));
    byte[] key = world.firstLeaf().key().getEncoded();
    secrets.add(Base64.getEncoder().encodeToString(key).substring(50, 90));
    secrets.add(HexFormat.of().formatHex(key).substring(80, 130));
    secrets.add(LeafPair.keyOf(world.firstLeaf()).lines().skip(1).findFirst().orElseThrow());
    String all = histories();
    assertThat(all).contains("booking-g2");
    return secrets.stream().filter(all::contains).toList();
  }

  /// Every history of the server, payloads as text.
  private String histories() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.address()).build());
    try {
      WorkflowClient client =
          WorkflowClient.newInstance(
              stubs, WorkflowClientOptions.newBuilder().setNamespace("control").build());
      StringBuilder all = new StringBuilder();
      client
          .listExecutions("WorkflowType IS NOT NULL")
          .forEach(found ->
              client
                  .fetchHistory(
                      found.getExecution().getWorkflowId(), found.getExecution().getRunId())
                  .getEvents()
                  .forEach(event ->
                      all.append(new String(event.toByteArray(), StandardCharsets.ISO_8859_1))));
      return all.toString();
    } finally {
      stubs.shutdownNow();
    }
  }

  @Test
  void twoWorkersRaceAndTheRotationIsDoneOnce() throws Exception {
    try (BookingWorld world = rollover()) {
      worker(world);
      worker(world);
      assertThat(good(apply(world))).contains("retire", "1 of 1 rotation done");
      assertRotatedWithoutHarm(world);
    }
  }

  @Test
  @Tag("slow") // half a minute of silence before another worker is asked, three times
  void workersThatAreKilledAtAnyStepAreFollowedByOthers() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("RealOnTemporalTest: seed " + seed);
    Random random = new Random(seed);
    try (BookingWorld world = rollover()) {
      NewleafProcess worker = worker(world);
      NewleafProcess apply = apply(world);
      for (String action : List.of("trust_ca", "roll_worker", "retire_ca")) {
        awaitLine(world, 0, l -> l.contains("\"kind\":\"begun\"") && l.contains(action));
        Thread.sleep(random.nextInt(1_500));
        worker.process().destroyForcibly();
        worker = worker(world);
      }
      assertThat(good(apply)).contains("1 of 1 rotation done");
      assertRotatedWithoutHarm(world);
    }
  }

  @Test
  void serverThatIsRestartedGoesOnWithTheSameRotation() throws Exception {
    try (BookingWorld world = rollover()) {
      worker(world);
      NewleafProcess apply = apply(world);
      awaitLine(world, 0, l -> l.contains("\"kind\":\"begun\"") && l.contains("roll_worker"));
      apply.process().destroyForcibly(); // nothing depends on it
      temporal.restart();
      assertThat(good(apply(world))).contains("rotation");
      awaitLine(world, 0, l -> l.contains("\"kind\":\"begun\"") && l.contains("retire_ca"));
      Until.holds(
          "the rotation ends",
          LONG,
          () -> "",
          () ->
              Captured.run(world.folder(), world.environment(), "plan", "--detailed-exitcode")
                      .exit()
                  == 0);
      assertRotatedWithoutHarm(world);
    }
  }

  @Test
  void yesThatIsGivenWhileNoWorkerRunsIsKept() throws Exception {
    try (BookingWorld world =
        world(Scenario.CA_ROLLOVER, "retire: after-verify", "retire: manual")) {
      NewleafProcess worker = worker(world);
      assertThat(good(apply(world))).contains("stands still", "nobody said yes to: retire");
      assertThat(good(apply(world))).contains("waits at", RETIRE, "newleaf approve " + ROTATION);
      assertThat(good(newleaf(world, "status"))).contains("On Temporal", ROTATION, RETIRE);
      worker.process().destroy();
      assertThat(worker.process().waitFor()).isEqualTo(143);
      NewleafProcess yes =
          newleaf(world, "approve", ROTATION, RETIRE, "--as", "ana", "--reason", "CHG-4711");
      assertThat(good(yes)).contains("Kept on Temporal.");
      worker(world);
      assertThat(good(apply(world))).contains("1 of 1 rotation done");
      assertThat(journal(world)).anySatisfy(l -> assertThat(l).contains("ana (CHG-4711)"));
      NewleafProcess late = newleaf(world, "approve", ROTATION, RETIRE, "--as", "ben");
      assertThat(late.exit()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(late.text()).contains("NL5306");
      assertRotatedWithoutHarm(world);
    }
  }

  @Test
  void localApplyAndTheEngineNeverActTogether() throws Exception {
    try (BookingWorld world = rollover()) {
      worker(world);
      NewleafProcess watched = apply(world);
      awaitLine(world, 0, l -> l.contains("\"kind\":\"begun\"") && l.contains("roll_worker"));
      NewleafProcess local = newleaf(world, "apply", "--auto-approve");
      assertThat(local.exit()).as(local.text()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(local.text()).contains("NL6001", "worker of ");
      assertThat(good(watched)).contains("1 of 1 rotation done");
      assertRotatedWithoutHarm(world);
    }
  }

  @Test
  void scheduleRotatesWhatIsDueAndALookForDriftFailsWhenSomethingWasChanged() throws Exception {
    try (BookingWorld world = world(Scenario.LEAF_RENEWAL, "", "")) {
      worker(world);
      String[] create = {"schedule", "create", "--every", "10s", "--drift-every", "10s"};
      assertThat(good(newleaf(world, create))).contains("rotation every 10s", "drift    every 10s");
      awaitLine(world, 0, l -> l.contains("\"kind\":\"leaf_issued\""));
      Until.holds(
          "nothing is due",
          LONG,
          () -> "",
          () ->
              Captured.run(world.folder(), world.environment(), "plan", "--detailed-exitcode")
                      .exit()
                  == 0);
      assertThat(good(newleaf(world, "schedule", "show"))).contains("rotation every 10s");
      assertThat(good(newleaf(world, "schedule", "remove"))).contains("Removed: rotation, drift.");
      assertThat(good(newleaf(world, "schedule", "show"))).contains("Nothing is scheduled.");
      assertThat(world.world().traffic().counts().failed()).isZero();
    }
  }
}
