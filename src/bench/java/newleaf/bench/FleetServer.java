package newleaf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import newleaf.emulator.Emulator;
import newleaf.emulator.EmulatorSettings;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.cluster.Cluster;
import newleaf.emulator.frontend.ConnectionAge;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

@Command(
    name = "FleetServer",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a fleet for newleaf to plan and apply on, until it is told to end. Writes newleaf.yaml",
      "and all that belongs to it, and last of all a file `environment` to be sourced."
    })
final class FleetServer implements Callable<Integer> {
  static final String API_KEY = "key-of-the-fleet";

  @Option(names = "--namespaces", defaultValue = "1000", description = "Default: 1000.")
  private int namespaces;

  @Option(names = "--seed", defaultValue = "1", description = "Default: 1.")
  private long seed;

  @Option(
      names = "--workers",
      defaultValue = "none",
      description = "Who holds leaves: none, files or cluster (default: none).")
  private Shape.Workers workers;

  @Option(
      names = "--due",
      defaultValue = "nothing",
      description = "nothing, or rollover of every CA (default: nothing).")
  private Shape.Due due;

  @Option(
      names = "--latency",
      defaultValue = "0s",
      converter = Seconds.class,
      description = "How long an operation on a namespace takes (default: 0s).")
  private Duration latency;

  @Option(
      names = "--check-duration",
      defaultValue = "0.5s",
      converter = Seconds.class,
      description = "How long to wait between two looks at it, as the server says (default: 0.5s).")
  private Duration checkDuration;

  @Option(
      names = "--requests-per-second",
      defaultValue = "80",
      description = "More are refused; 0 is no limit (default: 80, as for a service account).")
  private int requestsPerSecond;

  @Option(names = "--folder", required = true, description = "Where the files go; a new one.")
  private Path folder;

  /// `2s`, `0.5s`
  private static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Duration.parse("PT" + text);
    }
  }

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new FleetServer()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Path base = Files.createDirectories(folder).toRealPath();
    Fleet fleet = FleetMaker.make(new Shape(namespaces, seed, workers, due), clock.instant());
    try (Emulator emulator = Emulator.start(settings(), clock);
        StatsPage stats = new StatsPage(emulator.faults());
        Cluster cluster =
            FleetCluster.start(fleet, base.resolve("pods"), clock, emulator.faults())) {
      FleetCloud.fill(emulator.account(), fleet);
      FleetFiles files = new FleetFiles(base);
      files.write(fleet);
      files.write("newleaf.yaml", FleetYaml.of(fleet, emulator.cloudAddress()));
      files.write("namespaces.auto.tfvars.json", FleetTerraform.variables(fleet));
      files.write("server-ca.pem", emulator.serverCaPem());
      files.write("kubeconfig", cluster.kubeconfig());
      stats.text(); // what it took to come here is not asked for
      String environment = environment(base, emulator.cloudAddress(), stats.url());
      files.write("environment", environment);
      System.out.print(environment);
      awaitEnd(() -> files.write("stats", text(stats)));
    }
    return 0;
  }

  private EmulatorSettings settings() {
    OptionalInt limit =
        requestsPerSecond == 0 ? OptionalInt.empty() : OptionalInt.of(requestsPerSecond);
    return new EmulatorSettings(
        new Settings(Fleet.ACCOUNT, new ApiKeys(Set.of(API_KEY)), latency, checkDuration, limit),
        new ConnectionAge(Duration.ofMinutes(5), Duration.ofSeconds(10)),
        Optional.empty());
  }

  private static String environment(Path base, String cloud, String stats) {
    Map<String, String> variables =
        Map.of(
            "TEMPORAL_CLOUD_API_KEY",
            API_KEY,
            "NEWLEAF_CA_PASSPHRASE",
            FleetFiles.PASSPHRASE,
            "NEWLEAF_FILE",
            base.resolve("newleaf.yaml").toString(),
            "KUBECONFIG",
            base.resolve("kubeconfig").toString(),
            "FLEET_CLOUD",
            cloud,
            "FLEET_STATS",
            stats,
            "FLEET_PID",
            Long.toString(ProcessHandle.current().pid()));
    return new TreeMap<>(variables)
        .entrySet().stream()
            .map(e -> "export %s='%s'%n".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
  }

  /// @param last done when the process is told to end
  private static void awaitEnd(Runnable last) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              last.run();
              ended.countDown();
            }));
    ended.await();
  }

  private static String text(StatsPage stats) {
    try {
      return stats.text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
