package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.desired.DesiredYaml;
import newleaf.emulator.cluster.Cluster;
import newleaf.observed.Sweep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One leaf, and workers that present it in two clusters, with Secrets and Deployments of equal
/// names.
class TwoClustersTest {
  private static final String SPACE = TwoClusters.SPACE;
  private static final String SECRET = TwoClusters.SECRET;

  @TempDir private Path parent;
  private TwoClusters both;
  private BookingWorld world;
  private Cluster eu1;

  @BeforeEach
  void start() throws IOException {
    both = TwoClusters.start(parent);
    world = both.world();
    eu1 = both.eu1();
    both.kubeconfig("main", "eu1");
  }

  @AfterEach
  void stop() {
    both.close();
  }

  private Captured run(String... args) {
    return Captured.run(world.folder(), world.environment(), args);
  }

  private static Captured well(Captured run) {
    assertThat(run.exit()).as(run.all()).isZero();
    return run;
  }

  @Test
  void leafIsRenewedInBothAndTheWorkersOfBothAreRestarted() {
    Captured plan = well(run("plan"));
    assertThat(plan.out())
        .contains(
            "reissue  secret/temporal-booking/temporal-booking-tls ",
            "reissue  secret/temporal-booking/temporal-booking-tls@eu1 ",
            "roll     deployment/temporal-booking/temporal-booking-worker ",
            "roll     deployment/temporal-booking/temporal-booking-worker@eu1 ",
            "2 to reissue, 2 to roll");
    String before = TwoClusters.leaf(eu1, SECRET);
    Captured applied = well(run("apply", "--auto-approve"));
    assertThat(applied.all()).contains("every pod (3) polls", "every pod (2) polls");
    Cluster main = world.world().cluster();
    assertThat(TwoClusters.leaf(eu1, SECRET))
        .as("each place has a leaf of its own")
        .isNotEqualTo(before)
        .isNotEqualTo(TwoClusters.leaf(main, SECRET));
    assertThat(TwoClusters.leaf(eu1, SECRET + "-prev")).isEqualTo(before);
    assertThat(TwoClusters.mark(eu1)).isNotBlank().isNotEqualTo(TwoClusters.mark(main));
    assertThat(well(run("plan")).out()).contains("No changes.");
    assertThat(well(run("drift")).out()).doesNotContain("!");
    assertThat(well(run("status")).out()).contains("temporal-booking-tls@eu1");
  }

  @Test
  void whatWasSeenOfBothIsPlannedFromWithoutThem() throws IOException {
    well(run("observe", "--out", "seen.json"));
    assertThat(Files.readString(world.folder().resolve("seen.json"))).contains("\"eu1\"");
    eu1.close();
    assertThat(well(run("plan", "--observed", "seen.json")).out())
        .contains("reissue  secret/temporal-booking/temporal-booking-tls@eu1 ");
  }

  @Test
  void secretsThatNobodyNamedAreLookedForInBoth() throws IOException {
    eu1.seed().tlsSecret(SPACE, "stray", world.firstLeaf());
    Fingerprint issuer = world.firstLeaf().fingerprint();
    byte[] yaml = Files.readAllBytes(world.folder().resolve("newleaf.yaml"));
    try (Reading reading =
        new Reading(
            Captured.silent(world.folder(), world.environment()),
            DesiredYaml.read("newleaf.yaml", yaml),
            world.folder())) {
      Sweep sweep = reading.others().find(_ -> Optional.of(issuer)).orElseThrow();
      assertThat(sweep.strays())
          .extracting(s -> s.place().address())
          .containsExactly("secret/temporal-booking/stray@eu1");
      assertThat(sweep.looked()).isEqualTo(1);
    }
  }

  @Test
  void clusterThatTheKubeconfigDoesNotHaveIsNamed() throws IOException {
    both.file("cluster: eu1", "cluster: eu2");
    Captured run = run("plan");
    assertThat(run.exit()).as(run.all()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("NL4001", "it has no context eu2");
  }
}
