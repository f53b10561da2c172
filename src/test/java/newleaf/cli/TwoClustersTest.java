package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Fingerprint;
import newleaf.desired.DesiredYaml;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.Seed;
import newleaf.emulator.cluster.Settings;
import newleaf.emulator.workers.BookingPods;
import newleaf.observed.Sweep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One leaf, and workers that present it in two clusters, with Secrets and Deployments of equal
/// names.
class TwoClustersTest {
  private static final String SPACE = "temporal-booking";
  private static final String SECRET = "temporal-booking-tls";
  private static final String WORKER = "temporal-booking-worker";
  private static final String SECOND =
      """
        booking-eu1:
          leaf: booking-worker
          namespace: temporal-booking.sdvdw
          taskQueue: temporal-booking-eu1
          secret: temporal-booking/temporal-booking-tls
          deployment: temporal-booking/temporal-booking-worker
          cluster: eu1
      clients:
      """;

  @TempDir private Path parent;
  private BookingWorld world;
  private BookingPods pods;
  private Cluster eu1;

  @BeforeEach
  void start() throws IOException {
    world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(
                BookingWorld.Scenario.LEAF_RENEWAL,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
    pods = new BookingPods(world.world().serverCaPem(), Clock.systemUTC());
    Files.createDirectory(parent.resolve("eu1"));
    eu1 =
        Cluster.start(
            new Cluster.Parts(Settings.QUICK, pods, parent.resolve("eu1"), Clock.systemUTC()));
    populate(eu1.seed());
    kubeconfig();
    file("clients:\n", SECOND);
  }

  @AfterEach
  void stop() {
    eu1.close();
    world.close();
  }

  private void populate(Seed seed) {
    seed.namespace(SPACE);
    seed.tlsSecret(SPACE, SECRET, world.firstLeaf());
    seed.deployment(
        new Seed.Workload(
            SPACE,
            WORKER,
            2,
            SECRET,
            Map.of(
                "TEMPORAL_HOST_URL",
                world.world().frontendAddress(BookingWorld.NAMESPACE),
                "TEMPORAL_NAMESPACE",
                BookingWorld.NAMESPACE,
                "TEMPORAL_TASK_QUEUE",
                "temporal-booking-eu1",
                "ROLE",
                "worker")));
  }

  /// The first cluster is the current context, and the second has a name.
  private void kubeconfig() throws IOException {
    Files.writeString(
        world.folder().resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: main
        clusters:
        - {name: main, cluster: {server: "%s"}}
        - {name: eu1, cluster: {server: "%s"}}
        contexts:
        - {name: main, context: {cluster: main, user: main}}
        - {name: eu1, context: {cluster: eu1, user: eu1}}
        users:
        - {name: main, user: {token: "%s"}}
        - {name: eu1, user: {token: "%s"}}
        """
            .formatted(
                world.world().cluster().address(),
                eu1.address(),
                world.world().cluster().token(),
                eu1.token()));
  }

  private void file(String part, String instead) throws IOException {
    Path file = world.folder().resolve("newleaf.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains(part);
    Files.writeString(file, yaml.replace(part, instead));
  }

  private Captured run(String... args) {
    return Captured.run(world.folder(), world.environment(), args);
  }

  private static Captured well(Captured run) {
    assertThat(run.exit()).as(run.all()).isZero();
    return run;
  }

  private static String leaf(Cluster cluster, String secret) {
    try (KubernetesClient client = ClusterFixture.client(cluster.kubeconfig())) {
      String data =
          client.secrets().inNamespace(SPACE).withName(secret).get().getData().get("tls.crt");
      return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }
  }

  private static String mark(Cluster cluster) {
    try (KubernetesClient client = ClusterFixture.client(cluster.kubeconfig())) {
      return client
          .apps()
          .deployments()
          .inNamespace(SPACE)
          .withName(WORKER)
          .get()
          .getSpec()
          .getTemplate()
          .getMetadata()
          .getAnnotations()
          .get("newleaf.dev/leaf");
    }
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
    String before = leaf(eu1, SECRET);
    Captured applied = well(run("apply", "--auto-approve"));
    assertThat(applied.all()).contains("every pod (3) polls", "every pod (2) polls");
    Cluster main = world.world().cluster();
    assertThat(leaf(eu1, SECRET))
        .as("each place has a leaf of its own")
        .isNotEqualTo(before)
        .isNotEqualTo(leaf(main, SECRET));
    assertThat(leaf(eu1, SECRET + "-prev")).isEqualTo(before);
    assertThat(mark(eu1)).isNotBlank().isNotEqualTo(mark(main));
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
    file("cluster: eu1", "cluster: eu2");
    Captured run = run("plan");
    assertThat(run.exit()).as(run.all()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("NL4001", "it has no context eu2");
  }
}
