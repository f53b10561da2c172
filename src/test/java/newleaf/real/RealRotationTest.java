package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import newleaf.cert.Fingerprint;
import newleaf.emulator.frontend.Verdict;
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

  /// On a busy machine all workers may be between two polls for a moment.
  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);

  private static final String DEPLOYMENT = "deployment/temporal-booking-worker";

  @TempDir static Path folder;
  private static RealBooking world;

  @BeforeAll
  static void start() throws Exception {
    world = new RealBooking(folder, ControlPlane.shared(), RealBooking.Story.CA_ROLLOVER);
  }

  @AfterAll
  static void stop() throws Exception {
    if (world != null) {
      world.close();
    }
  }

  @Test
  @Order(1)
  void firstLeafPassesTheTestLineOfTheRunbook() throws Exception {
    try (OutsideClient _ = world.client()) {
      assertThat(world.list(world.first("worker", "crt"), world.first("worker", "key")).good())
          .contains("BookingWorkflow");
    }
  }

  @Test
  @Order(2)
  void rotationFailsNoWorkflowRefusesNobodyAndLeavesNoGap() throws Exception {
    Figures figures =
        figures("newleaf apply", () -> world.newleaf().run("apply", "--auto-approve").good());
    assertThat(figures.completed()).isPositive();
    assertThat(figures.failed()).isZero();
    assertThat(figures.refused()).isZero();
    assertThat(figures.withoutPoller()).isLessThan(BETWEEN_POLLS);
  }

  @Test
  @Order(3)
  void nothingIsLeftToDo() {
    assertThat(world.newleaf().run("plan", "--detailed-exitcode").good()).contains("No changes.");
  }

  @Test
  @Order(4)
  void newLeafPassesTheTestLineOfTheRunbookAndTheOldOneIsRefused() throws Exception {
    String secret = "temporal-booking-tls";
    Path certificate = world.file(secret, "tls.crt");
    Path key = world.file(secret, "tls.key");
    assertThat(world.list(certificate, key).good()).contains("BookingWorkflow");
    Answer old = world.list(world.first("worker", "crt"), world.first("worker", "key"));
    assertThat(old.exit()).isNotZero();
    // the alert, or that the connection was closed before it was read: TLS 1.3 refuses late
    assertThat(old.text()).contains("failed reaching server");
    assertThat(world.emulator().handshakes().refused(world.firstLeaf("worker"))).isPositive();
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
  void runbookStopsAllWorkers() throws Exception {
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

  private static Figures figures(String what, Runnable doing) throws Exception {
    Set<Fingerprint> holders = world.leaves();
    try (OutsideClient client = world.client()) {
      int handshakes = world.emulator().handshakes().all().size();
      client.traffic().measureFromNow();
      world.polls().measureFromNow();
      doing.run();
      assertThat(client.traffic().finish(DRAIN)).as("each workflow came to an end").isTrue();
      holders.addAll(world.leaves());
      Figures figures =
          Figures.of(client.traffic().counts(), world.polls(), refused(holders, handshakes));
      figures.print(what);
      return figures;
    }
  }

  /// Of those who hold a leaf, after so many handshakes.
  private static long refused(Set<Fingerprint> holders, int handshakes) {
    return world.emulator().handshakes().all().stream()
        .skip(handshakes)
        .filter(h -> holders.contains(h.leaf().fingerprint()))
        .filter(h -> h.verdict() instanceof Verdict.Refused)
        .count();
  }
}
