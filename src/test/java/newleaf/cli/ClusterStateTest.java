package newleaf.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import newleaf.emulator.cluster.ClusterFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command, with `state: {kubernetes: ...}` in the file, on the embedded cluster.
class ClusterStateTest {
  private static final String PLACE = "kubernetes:newleaf/state";

  @TempDir private Path parent;
  private BookingWorld world;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(
                BookingWorld.Scenario.CA_ROLLOVER,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
    world.world().cluster().seed().namespace("newleaf");
    client = ClusterFixture.client(world.world().cluster().kubeconfig());
  }

  @AfterEach
  void close() {
    client.close();
    world.close();
  }

  private Captured run(String... args) {
    return Captured.run(world.folder(), world.environment(), args);
  }

  private void stateInTheCluster() throws IOException {
    Path file = world.folder().resolve("newleaf.yaml");
    Files.writeString(file, Files.readString(file) + "state: {kubernetes: newleaf/state}\n");
  }

  /// As `kubectl create secret generic ca-keys --from-file=keys/` does.
  private void keysInTheCluster() throws IOException {
    SecretBuilder keys =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("newleaf")
            .withName("ca-keys")
            .endMetadata();
    Path folder = world.folder().resolve("keys");
    for (String name : List.of("booking-g1.key", "booking-g1.crt")) {
      byte[] content = Files.readAllBytes(folder.resolve(name));
      keys.addToData(name, Base64.getEncoder().encodeToString(content));
      Files.delete(folder.resolve(name));
    }
    client.resource(keys.build()).create();
    Path file = world.folder().resolve("newleaf.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains("directory: keys");
    Files.writeString(file, yaml.replace("directory: keys", "secret: newleaf/ca-keys"));
  }

  @Test
  void keysOfACaInASecretAreAsInAFolder() throws IOException {
    stateInTheCluster();
    keysInTheCluster();
    well(run("apply", "--auto-approve"));
    assertThat(run("plan").out()).contains("No changes.");
    Secret keys = client.secrets().inNamespace("newleaf").withName("ca-keys").get();
    assertThat(keys.getData())
        .containsOnlyKeys("booking-g1.key", "booking-g1.crt", "booking-g2.key", "booking-g2.crt");
    assertThat(
            new String(Base64.getDecoder().decode(keys.getData().get("booking-g2.key")), US_ASCII))
        .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(world.folder().resolve("keys")).isEmptyDirectory();
  }

  private Path folder() {
    return world.folder().resolve(".newleaf");
  }

  private List<Secret> secrets() {
    return client.secrets().inNamespace("newleaf").list().getItems();
  }

  private static Captured well(Captured run) {
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.all()).doesNotContain("PRIVATE KEY", "is a bug of newleaf");
    return run;
  }

  @Test
  void rotationLeavesItsWholeStateInTheClusterAndNoKey() throws IOException {
    stateInTheCluster();
    well(run("plan"));
    assertThat(secrets()).as("planning writes nothing").isEmpty();
    well(run("apply", "--auto-approve"));
    assertThat(run("plan").out()).contains("No changes.");
    assertThat(folder()).doesNotExist();
    assertThat(secrets())
        .extracting(s -> s.getMetadata().getName())
        .contains("state", "state-snapshot", "state-plan");
    well(run("drift"));
    well(run("status"));
    Captured check = well(run("state", "check"));
    assertThat(check.out())
        .contains("ok     secret/newleaf/state: entries 1 to ")
        .contains("ok     secret/newleaf/state-snapshot: the world at ")
        .contains("ok     lease/newleaf/state: nobody holds the lock.");
    assertThat(well(run("lock", "show", "--state", PLACE)).out()).contains("Nobody holds");
    assertThat(run("state", "repair").out()).contains("Nothing is to be repaired.");
    well(run("drift", "--accept", "secret/**"));
    assertThat(run("state", "move", "--from", ".newleaf").err()).contains("NL6025");
  }

  @Test
  void secondRunIsKeptOutByTheLease() throws IOException {
    stateInTheCluster();
    Terminal terminal = Captured.silent(world.folder(), world.environment());
    try (State state = State.named(terminal, PLACE, Optional.empty());
        StateLock _ = StateLock.take(terminal, state, "apply of x")) {
      Captured apply = run("apply", "--auto-approve");
      assertThat(apply.exit()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(apply.err()).contains("NL6001", "lease/newleaf/state", "apply of x");
      assertThat(run("lock", "show").out()).contains("apply of x", "fencing   1");
      well(run("plan"));
    }
    assertThat(run("lock", "show").out()).isEqualTo("Nobody holds the lock.\n");
  }

  @Test
  void stateOfAFolderIsMovedIntoTheClusterAndBack() throws IOException {
    well(run("apply", "--auto-approve"));
    byte[] journal = Files.readAllBytes(folder().resolve("journal.jsonl"));
    String file = Files.readString(world.folder().resolve("newleaf.yaml"));
    stateInTheCluster();
    for (String command : List.of("plan", "apply", "drift", "status")) {
      Captured refused = run(command);
      assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED.code());
      assertThat(refused.err()).contains("NL6024", "newleaf state move --from " + folder());
    }
    Captured moved = well(run("state", "move", "--from", folder().toString()));
    assertThat(moved.out()).contains("Moved to secret/newleaf/state", "journal.moved-");
    assertThat(folder().resolve("journal.jsonl")).doesNotExist();
    assertThat(run("plan").out()).contains("No changes.");
    well(run("drift"));
    well(run("state", "check"));
    Files.writeString(world.folder().resolve("newleaf.yaml"), file);
    well(run("state", "move", "--from", PLACE));
    assertThat(folder().resolve("journal.jsonl")).hasBinaryContent(journal);
    assertThat(run("plan").out()).contains("No changes.");
    assertThat(run("state", "check", "--state", PLACE).out()).contains("nothing is in it yet");
  }

  @Test
  void placeThatIsNoneIsSaid() {
    Captured run = run("plan", "--state", "kubernetes:newleaf");
    assertThat(run.err()).contains("NL6026", "kubernetes:NAMESPACE/NAME");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
  }
}
