package newleaf.emulator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import newleaf.emulator.fault.Faults;

/// A cluster on a temporary folder, with the namespace `booking`.
public final class ClusterFixture implements AutoCloseable {
  public static final String NAMESPACE = "booking";
  private static final Settings FAST =
      new Settings(
          Duration.ofMillis(5), Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(300));

  private final Path root;
  private final Faults faults = new Faults();
  private final Cluster cluster;

  public ClusterFixture(PodRunner runner) {
    this(runner, InstantSource.system());
  }

  public ClusterFixture(PodRunner runner, InstantSource clock) {
    try {
      root = Files.createTempDirectory("cluster");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cluster = Cluster.start(new Cluster.Parts(FAST, runner, root, clock), faults);
    cluster.seed().namespace(NAMESPACE);
  }

  public Faults faults() {
    return faults;
  }

  public Cluster cluster() {
    return cluster;
  }

  Path root() {
    return root;
  }

  public KubernetesClient client() {
    return client(cluster.kubeconfig());
  }

  public static KubernetesClient client(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
