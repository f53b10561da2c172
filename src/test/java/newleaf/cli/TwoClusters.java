package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.cluster.ClusterFixture;
import newleaf.emulator.cluster.Seed;
import newleaf.emulator.cluster.Settings;
import newleaf.emulator.workers.BookingPods;

/// The world of the demo, and a second cluster with workers of its own for the same namespace.
record TwoClusters(BookingWorld world, Cluster eu1) implements AutoCloseable {
  static final String SPACE = "temporal-booking";
  static final String SECRET = "temporal-booking-tls";
  static final String WORKER = "temporal-booking-worker";
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

  static TwoClusters start(Path parent) throws IOException {
    BookingWorld world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(
                BookingWorld.Scenario.LEAF_RENEWAL,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
    BookingPods pods = new BookingPods(world.world().serverCaPem(), Clock.systemUTC());
    Files.createDirectory(parent.resolve("eu1"));
    Cluster eu1 =
        Cluster.start(
            new Cluster.Parts(Settings.QUICK, pods, parent.resolve("eu1"), Clock.systemUTC()));
    TwoClusters both = new TwoClusters(world, eu1);
    both.populate(eu1.seed());
    both.file("clients:\n", SECOND);
    return both;
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

  /// With a context for each of these; the first of them is the current one.
  void kubeconfig(String... contexts) throws IOException {
    Files.writeString(
        world.folder().resolve("kubeconfig"),
        "apiVersion: v1\nkind: Config\ncurrent-context: "
            + contexts[0]
            + each("clusters", c -> "cluster: {server: \"" + cluster(c).address() + "\"}", contexts)
            + each("contexts", c -> "context: {cluster: " + c + ", user: " + c + "}", contexts)
            + each("users", c -> "user: {token: \"" + cluster(c).token() + "\"}", contexts)
            + "\n");
  }

  private static String each(String list, UnaryOperator<String> content, String... contexts) {
    return Arrays.stream(contexts)
        .map(c -> "\n- {name: " + c + ", " + content.apply(c) + "}")
        .collect(Collectors.joining("", "\n" + list + ":", ""));
  }

  private Cluster cluster(String context) {
    return context.equals("eu1") ? eu1 : world.world().cluster();
  }

  void file(String part, String instead) throws IOException {
    Path file = world.folder().resolve("newleaf.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains(part);
    Files.writeString(file, yaml.replace(part, instead));
  }

  static String leaf(Cluster cluster, String secret) {
    try (KubernetesClient client = ClusterFixture.client(cluster.kubeconfig())) {
      String data =
          client.secrets().inNamespace(SPACE).withName(secret).get().getData().get("tls.crt");
      return new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    }
  }

  static String mark(Cluster cluster) {
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

  @Override
  public void close() {
    eu1.close();
    world.close();
  }
}
