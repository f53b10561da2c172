package newleaf.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that has nothing but a service account with the rules of `examples/kubernetes/rbac.yaml`:
/// state, lock and keys are in the cluster.
@Tag("real")
@Tag("slow")
final class RealInClusterTest {
  private static final Duration DRAIN = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void serviceAccountRotatesTheCaWithStateLockAndKeysInSecrets() throws Exception {
    ControlPlane plane = ControlPlane.shared();
    try (RealBooking world = new RealBooking(folder, plane, RealBooking.Story.CA_ROLLOVER)) {
      String runs = plane.namespace("newleaf");
      String state = plane.namespace("newleaf-state");
      rules(world, runs, state);
      world
          .kubectlIn(
              state,
              "create",
              "secret",
              "generic",
              "ca-keys",
              "--from-file=" + folder.resolve("keys"))
          .good();
      intoTheCluster(state);
      String token = world.kubectlIn(runs, "create", "token", "newleaf").good().strip();
      Files.writeString(folder.resolve("service-account"), plane.kubeconfig(token));
      Newleaf newleaf = world.newleaf("service-account");

      try (OutsideClient client = world.client()) {
        newleaf.run("apply", "--auto-approve").good();
        assertThat(client.traffic().finish(DRAIN)).isTrue();
        assertThat(client.traffic().counts().failed()).isZero();
      }

      assertThat(newleaf.run("plan", "--detailed-exitcode").good()).contains("No changes.");
      assertThat(newleaf.run("state", "check").exit()).isZero();
      assertThat(folder.resolve(".newleaf")).doesNotExist();
      assertThat(
              world.kubectlIn(state, "get", "secret/booking", "--output=jsonpath={.type}").good())
          .isEqualTo("newleaf.dev/state");
      assertThat(
              world
                  .kubectlIn(
                      state, "get", "lease/booking", "--output=jsonpath={.spec.holderIdentity}")
                  .good())
          .isEmpty();
      assertThat(world.kubectlIn(state, "get", "secret/ca-keys", "--output=json").good())
          .contains("booking-g1", "booking-g2");
      plane.admin().namespaces().withName(runs).delete();
      plane.admin().namespaces().withName(state).delete();
    }
  }

  /// The manifest with the names of this world, without its namespaces, which are there.
  private void rules(RealBooking world, String runs, String state) throws IOException {
    String manifest =
        Files.readString(Path.of("examples", "kubernetes", "rbac.yaml"))
            .replace("newleaf-state", state)
            .replace("namespace: newleaf}", "namespace: " + runs + "}")
            .replace("namespace: temporal-booking}", "namespace: " + world.space() + "}")
            .replace(
                "      - temporal-booking-tls-prev\n",
                """
                      - temporal-booking-tls-prev
                      - temporal-starter-tls
                      - temporal-starter-tls-prev
                """);
    String rules =
        Arrays.stream(manifest.split("\n---\n"))
            .filter(part -> !part.contains("kind: Namespace\n"))
            .collect(Collectors.joining("\n---\n"));
    Files.writeString(folder.resolve("rbac.yaml"), rules);
    Answer.of(
            Map.of(),
            Peers.binary("kubectl"),
            "--kubeconfig=" + folder.resolve("kubeconfig"),
            "apply",
            "--filename=" + folder.resolve("rbac.yaml"))
        .good();
  }

  private void intoTheCluster(String state) throws IOException {
    Path file = folder.resolve("newleaf.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains("keys: {directory: keys}", "account: sdvdw\n");
    Files.writeString(
        file,
        yaml.replace("keys: {directory: keys}", "keys: {secret: " + state + "/ca-keys}")
            .replace(
                "account: sdvdw\n",
                "account: sdvdw\nstate: {kubernetes: " + state + "/booking}\n"));
  }
}
