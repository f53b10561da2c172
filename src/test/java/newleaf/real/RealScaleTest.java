package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `restart: scale`, as the runbook did it, with an autoscaler on the Deployment.
@Tag("real")
@Tag("slow")
final class RealScaleTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String DEPLOYMENT = "deployment/temporal-booking-worker";

  @TempDir Path folder;

  @Test
  void runKilledWhileWorkersAreStoppedIsGoneOnWithAndTheyComeBack() throws Exception {
    try (RealBooking world =
        new RealBooking(folder, ControlPlane.shared(), RealBooking.Story.LEAF_RENEWAL_BY_SCALING)) {
      world.kubectl("autoscale", DEPLOYMENT, "--min=2", "--max=5", "--cpu=80%").good();
      try (OutsideClient client = world.client()) {
        Program killed = world.newleaf().start("apply", "--auto-approve");
        Until.holds("no replicas", LIMIT, killed::words, () -> replicas(world) == 0);
        killed.stop(0);
        assertThat(world.deployment().getMetadata().getAnnotations())
            .containsEntry("newleaf.dev/replicas", "3");

        assertThat(world.newleaf().run("apply", "--auto-approve").exit()).isZero();

        assertThat(replicas(world)).isEqualTo(3);
        assertThat(world.deployment().getMetadata().getAnnotations())
            .doesNotContainKey("newleaf.dev/replicas");
        assertThat(client.traffic().finish(LIMIT)).isTrue();
        assertThat(client.traffic().counts().failed()).isZero();
      }
      assertThat(world.newleaf().run("plan", "--detailed-exitcode").good()).contains("No changes.");
    }
  }

  private static int replicas(RealBooking world) {
    return world.deployment().getSpec().getReplicas();
  }
}
