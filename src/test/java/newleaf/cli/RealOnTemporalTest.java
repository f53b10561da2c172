package newleaf.cli;

import static newleaf.cli.TemporalRig.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import newleaf.cert.LeafPair;
import newleaf.cli.BookingWorld.Scenario;
import newleaf.real.TemporalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rotations on a real Temporal server, with workers and commands in processes of their own; the
/// world that is rotated is embedded.
@Tag("real")
final class RealOnTemporalTest {
  private static final String ROTATION = "ca/booking";
  private static final String RETIRE = "retire/ca/booking-g1";
  private static final String PASSPHRASE = "passphrase-of-the-sandbox";
  private static final String API_KEY = "key-of-the-sandbox";

  @TempDir Path parent;

  private TemporalServer temporal;

  @BeforeEach
  void start() throws IOException {
    temporal = TemporalServer.start(Files.createDirectories(parent.resolve("server")), "control");
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  private TemporalRig rig(Scenario scenario, String from, String to) throws Exception {
    return new TemporalRig(parent, temporal.address(), scenario, from, to);
  }

  private TemporalRig rollover() throws Exception {
    return rig(Scenario.CA_ROLLOVER, "", "");
  }

  private void assertRotatedWithoutHarm(TemporalRig rig) throws Exception {
    BookingWorld world = rig.world;
    String plan = good(rig.newleaf("plan", "--detailed-exitcode"));
    assertThat(plan).contains("No changes.");
    assertThat(world.folder().resolve("keys").resolve("booking-g2.crt")).exists();
    assertThat(world.folder().resolve("keys").resolve("booking-g3.crt")).doesNotExist();
    assertThat(world.world().traffic().counts().failed()).isZero();
    assertThat(rig.journal()).filteredOn(l -> l.contains("\"kind\":\"ca_made\"")).hasSize(1);
    assertThat(rig.journal()).filteredOn(l -> l.contains("\"kind\":\"leaf_issued\"")).hasSize(1);
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
    try (TemporalRig rig = rollover()) {
      rig.worker();
      rig.worker();
      assertThat(good(rig.apply())).contains("retire", "1 of 1 rotation done");
      assertRotatedWithoutHarm(rig);
    }
  }

  @Test
  @Tag("slow") // half a minute of silence before another worker is asked, three times
  void workersThatAreKilledAtAnyStepAreFollowedByOthers() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("RealOnTemporalTest: seed " + seed);
    Random random = new Random(seed);
    try (TemporalRig rig = rollover()) {
      NewleafProcess worker = rig.worker();
      NewleafProcess apply = rig.apply();
      for (String action : List.of("trust_ca", "roll_worker", "retire_ca")) {
        rig.awaitBegun(action);
        Thread.sleep(random.nextInt(1_500));
        worker.process().destroyForcibly();
        worker = rig.worker();
      }
      assertThat(good(apply)).contains("1 of 1 rotation done");
      assertRotatedWithoutHarm(rig);
    }
  }

  @Test
  void serverThatIsRestartedGoesOnWithTheSameRotation() throws Exception {
    try (TemporalRig rig = rollover()) {
      rig.worker();
      NewleafProcess apply = rig.apply();
      rig.awaitBegun("roll_worker");
      apply.process().destroyForcibly(); // nothing depends on it
      temporal.restart();
      assertThat(good(rig.apply())).contains("rotation");
      rig.awaitBegun("retire_ca");
      rig.awaitNothingDue();
      assertRotatedWithoutHarm(rig);
    }
  }

  @Test
  void yesThatIsGivenWhileNoWorkerRunsIsKept() throws Exception {
    try (TemporalRig rig = rig(Scenario.CA_ROLLOVER, "retire: after-verify", "retire: manual")) {
      NewleafProcess worker = rig.worker();
      assertThat(good(rig.apply())).contains("1 of 1 rotation done");
      assertThat(good(rig.apply())).contains("waits at", RETIRE, "newleaf approve " + ROTATION);
      assertThat(good(rig.newleaf("status"))).contains("On Temporal", ROTATION, RETIRE);
      worker.process().destroy();
      assertThat(worker.process().waitFor()).isEqualTo(143);
      NewleafProcess yes =
          rig.newleaf("approve", ROTATION, RETIRE, "--as", "ana", "--reason", "CHG-4711");
      assertThat(good(yes)).contains("Kept on Temporal.");
      rig.worker();
      assertThat(good(rig.apply())).contains("1 of 1 rotation done");
      assertThat(rig.journal()).anySatisfy(l -> assertThat(l).contains("ana (CHG-4711)"));
      NewleafProcess late = rig.newleaf("approve", ROTATION, RETIRE, "--as", "ben");
      assertThat(late.exit()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(late.text()).contains("NL5306");
      assertRotatedWithoutHarm(rig);
    }
  }

  @Test
  void localApplyAndTheEngineNeverActTogether() throws Exception {
    try (TemporalRig rig = rollover()) {
      rig.worker();
      NewleafProcess watched = rig.apply();
      rig.awaitBegun("roll_worker");
      NewleafProcess local = rig.newleaf("apply", "--auto-approve");
      assertThat(local.exit()).as(local.text()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(local.text()).contains("NL6001", "worker of ");
      assertThat(good(watched)).contains("1 of 1 rotation done");
      assertRotatedWithoutHarm(rig);
    }
  }

  @Test
  void scheduleRotatesWhatIsDueAndALookForDriftFailsWhenSomethingWasChanged() throws Exception {
    try (TemporalRig rig = rig(Scenario.LEAF_RENEWAL, "", "")) {
      rig.worker();
      String[] create = {"schedule", "create", "--every", "10s", "--drift-every", "10s"};
      assertThat(good(rig.newleaf(create))).contains("rotation every 10s", "drift    every 10s");
      rig.awaitLine(l -> l.contains("\"kind\":\"leaf_issued\""));
      rig.awaitNothingDue();
      assertThat(good(rig.newleaf("schedule", "show"))).contains("rotation every 10s");
      assertThat(good(rig.newleaf("schedule", "remove"))).contains("Removed: rotation, drift.");
      assertThat(good(rig.newleaf("schedule", "show"))).contains("Nothing is scheduled.");
      assertThat(rig.world.world().traffic().counts().failed()).isZero();
    }
  }
}
