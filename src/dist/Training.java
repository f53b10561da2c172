import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the caches of loaded and linked classes (JEP 483, 514) by running real commands of
/// newleaf: against the world of `newleaf sandbox`, which runs in a process of its own so that its
/// classes do not fill the cache. All of it is on loopback, on free ports, in one folder.
///
/// A failure fails the build: without its caches newleaf starts several times slower, and nobody
/// would notice.
///
/// @param home of the distribution
/// @param folder for the sandbox and the logs; stays when something fails
record Training(Path home, Path folder) {
  private static final long LIMIT_SECONDS = 300;
  private static final String MAIN = "newleaf.cli.Main";

  /// What the options turn off: here it says what went wrong.
  private static final String TOLD = "-Xlog:aot*=warning";

  /// Profiles in the cache make the JVM compile at once what the training ran often. That takes
  /// more time than a short run has, measured: a tenth of its CPU time.
  private static final String NO_PROFILES = "-XX:-AOTRecordTraining";

  /// As the launcher has it for commands that are soon done.
  private static final String NATIVE = "-Djdk.reflect.useNativeAccessorOnly=true";

  private static final String EXPERT = "-XX:+UnlockDiagnosticVMOptions";
  private static final Pattern EXPORT = Pattern.compile(" *export (\\w+)='(.*)'");

  private static final List<String> CONNECTED =
      List.of(
          "plan --out plan.json",
          "plan -o json --md plan.md --horizon 90d",
          "status",
          "observe --out state.json");

  /// In place of what the file has from there on: a leaf that lies in no cluster.
  private static final String WORKERS = "\nworkers:";

  private static final String CLIENT =
      """

      clients:
        starter: {leaf: booking-worker, directory: leaf, acknowledged: true}
      """;

  /// What needs no connection.
  private static final List<String> ALONE =
      List.of(
          "--help",
          "--version",
          "validate --help",
          "validate",
          "show plan.json",
          "show state.json -o json",
          "explain NL1013",
          "schema",
          "completion bash");

  void run() throws IOException, InterruptedException {
    Tree.delete(folder);
    Files.createDirectories(folder);
    Process sandbox =
        start("connected", List.of(), Map.of(), List.of(MAIN, "sandbox", "--folder", "world"))
            .redirectError(log("sandbox").toFile())
            .start();
    try {
      Map<String, String> environment = environment(sandbox);
      cache("full", "connected", environment, CONNECTED);
      cache("light", "light", environment, ALONE);
      withoutCluster(environment);
      cache("cloud", "connected", environment, CONNECTED);
    } finally {
      sandbox.destroy();
    }
    if (!sandbox.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      sandbox.destroyForcibly();
    }
    Tree.delete(folder);
  }

  /// As it is printed for a second terminal, once the world runs.
  private Map<String, String> environment(Process sandbox) throws IOException {
    Map<String, String> environment = new HashMap<>();
    BufferedReader lines = sandbox.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher export = EXPORT.matcher(line);
      if (export.matches()) {
        environment.put(export.group(1), export.group(2));
      } else if (line.startsWith("Cloud Ops API")) { // the last one
        return environment;
      }
    }
    throw failed("sandbox");
  }

  private void withoutCluster(Map<String, String> environment) throws IOException {
    environment.remove("KUBECONFIG");
    Path file = folder.resolve(environment.get("NEWLEAF_FILE"));
    String text = Files.readString(file);
    int workers = text.indexOf(WORKERS);
    if (workers < 0) {
      throw new IllegalStateException("the sandbox's file has no line that begins with workers:");
    }
    Files.writeString(file, text.substring(0, workers) + CLIENT);
  }

  /// @param name of the cache
  /// @param options name of a file
  private void cache(
      String name, String options, Map<String, String> environment, List<String> commands)
      throws IOException, InterruptedException {
    Path cache = home.resolve("lib").resolve(name + ".aot");
    Files.deleteIfExists(cache);
    List<String> training = new ArrayList<>(List.of("newleaf.cli.Training"));
    training.addAll(commands);
    List<String> record = List.of(TOLD, "-XX:AOTCacheOutput=" + cache, EXPERT, NO_PROFILES, NATIVE);
    run(name, start(options, record, environment, training));
    // in this mode a cache that can not be used is an error
    List<String> strict = List.of(TOLD, "-XX:AOTMode=on", "-XX:AOTCache=" + cache);
    run(name, start(options, strict, environment, List.of(MAIN, "--version")));
  }

  /// In the same way as the launcher does it: a cache holds for one class path and one collector.
  /// Nothing of the environment is passed on.
  private ProcessBuilder start(
      String options, List<String> more, Map<String, String> environment, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("runtime/bin/java").toString());
    command.add("@" + home.resolve("lib").resolve(options + ".options"));
    command.addAll(more);
    command.add("-cp");
    command.add(home.resolve("lib/newleaf.jar").toString());
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private void run(String name, ProcessBuilder builder) throws IOException, InterruptedException {
    Path log = log(name);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw failed(name);
    }
    if (process.exitValue() != 0) {
      throw failed(name);
    }
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private IllegalStateException failed(String name) {
    return new IllegalStateException(
        "newleaf was built, but running its commands to make its class caches failed; see "
            + log(name));
  }
}
