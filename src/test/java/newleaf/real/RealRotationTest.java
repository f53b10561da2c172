package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.emulator.frontend.Verdict;
import newleaf.emulator.workers.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One rotation of a CA, told in order: newleaf as a process, real everything around it.
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RealRotationTest {
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final String DEPLOYMENT = "deployment/temporal-booking-worker";

  @TempDir static Path folder;
  private static RealBooking world;

  @BeforeAll
  static void start() throws Exception {
    world = new RealBooking(folder, ControlPlane.shared());
    world.startTraffic();
  }

  @AfterAll
  static void stop() throws Exception {
    if (world != null) {
      world.close();
    }
  }

  @Test
  @Order(1)
  void firstLeafPassesTheTestLineOfTheRunbook() throws IOException {
    assertThat(world.list(world.first("worker", "crt"), world.first("worker", "key")).good())
        .contains("BookingWorkflow");
  }

  @Test
  @Order(2)
  void rotationFailsNoWorkflowRefusesNobodyAndLeavesNoGap() throws IOException {
    Figures figures =
        figures("newleaf apply", () -> world.newleaf("apply", "--auto-approve").good());
    assertThat(figures.completed()).isPositive();
    assertThat(figures.failed()).isZero();
    assertThat(figures.refused()).isZero();
    assertThat(figures.withoutPoller()).isZero();
  }

  @Test
  @Order(3)
  void nothingIsLeftToDo() {
    assertThat(world.newleaf("plan", "--detailed-exitcode").good()).contains("Nothing to do");
  }

  @Test
  @Order(4)
  void newLeafPassesTheTestLineOfTheRunbookAndTheOldOneIsRefused() throws IOException {
    String secret = "temporal-booking-tls";
    Path certificate = world.file(secret, "tls.crt");
    Path key = world.file(secret, "tls.key");
    assertThat(world.list(certificate, key).good()).contains("BookingWorkflow");
    Answer old = world.list(world.first("worker", "crt"), world.first("worker", "key"));
    assertThat(old.exit()).isNotZero();
    assertThat(old.text()).contains("tls: ");
    Answer stolen = world.list(certificate, world.first("worker", "key"));
    assertThat(stolen.exit()).isNotZero();
  }

  @Test
  @Order(5)
  void kubectlSeesTheSecretAndTheRollOut() {
    assertThat(world.kubectl("rollout", "status", DEPLOYMENT, "--timeout=10s").good())
        .contains("successfully rolled out");
    assertThat(world.kubectl("rollout", "history", DEPLOYMENT).good()).contains("2");
    assertThat(
            world
                .kubectl(
                    "get",
                    "secret/temporal-booking-tls",
                    "--show-managed-fields",
                    "--output=jsonpath={.type} {.metadata.managedFields[*].manager}")
                .good())
        .startsWith("kubernetes.io/tls")
        .contains("newleaf");
    assertThat(world.kubectl("get", DEPLOYMENT, "--output=jsonpath={.status.readyReplicas}").good())
        .isEqualTo("3");
  }

  /// What newleaf replaces, for comparison; nothing of it is asserted but that it was measured.
  @Test
  @Order(6)
  void runbookStopsAllWorkers() throws IOException {
    Figures figures =
        figures(
            "runbook, scale 0 -> 3",
            () -> {
              world.kubectl("scale", DEPLOYMENT, "--replicas=0").good();
              Until.holds("all pods are gone", DRAIN, () -> "", () -> world.workerPods().isEmpty());
              world.kubectl("scale", DEPLOYMENT, "--replicas=3").good();
              world.kubectl("rollout", "status", DEPLOYMENT, "--timeout=90s").good();
            });
    assertThat(figures.withoutPoller()).isPositive();
  }

  /// @param withoutPoller the longest time without a worker that asked for work
  /// @param withoutWorkflow the longest time in which no workflow completed
  private record Figures(
      long started,
      long completed,
      long failed,
      Duration withoutPoller,
      Duration withoutWorkflow,
      long refused) {}

  private static Figures figures(String what, Runnable doing) throws IOException {
    Set<Fingerprint> holders = world.leaves();
    int handshakes = world.emulator().handshakes().all().size();
    Traffic.Counts before = world.traffic().counts();
    world.traffic().measureFromNow();
    world.polls().measureFromNow();
    doing.run();
    world.awaitCompleted(world.traffic().counts().started());
    Traffic.Counts after = world.traffic().counts();
    holders.addAll(world.leaves());
    long refused =
        world.emulator().handshakes().all().stream()
            .skip(handshakes)
            .filter(h -> holders.contains(h.leaf().fingerprint()))
            .filter(h -> h.verdict() instanceof Verdict.Refused)
            .count();
    Figures figures =
        new Figures(
            after.started() - before.started(),
            after.completed() - before.completed(),
            after.failed() - before.failed(),
            world.polls().longestGap(),
            after.longestGap(),
            refused);
    System.out.printf(
        "RealRotationTest: %-22s %d workflows started, %d completed, %d failed; longest %.1f s"
            + " without a poller, %.1f s without a completed workflow; %d handshakes refused%n",
        what,
        figures.started,
        figures.completed,
        figures.failed,
        figures.withoutPoller.toMillis() / 1000.0,
        figures.withoutWorkflow.toMillis() / 1000.0,
        figures.refused);
    return figures;
  }
}
