package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import newleaf.journal.FileLease;
import newleaf.journal.RunLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person or a pipeline sees when something is wrong: one sentence, what to do, an exit
/// status, and never a stack trace or a secret.
final class CliTest {
  @TempDir static Path parent;
  private static BookingWorld world;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    world =
        BookingWorld.start(
            parent.resolve("world"),
            new BookingWorld.Story(
                BookingWorld.Scenario.CA_ROLLOVER,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private Captured run(Map<String, String> environment, String... args) {
    Captured run = Captured.run(folder, environment, args);
    assertThat(run.all())
        .doesNotContain("Exception", "\tat ", "PRIVATE KEY", "is a bug of newleaf")
        .doesNotContain("key-of-the-sandbox", "passphrase-of-the-sandbox", "another-secret");
    return run;
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put(name, value);
    return environment;
  }

  private static Map<String, String> without(String name) {
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.remove(name);
    return environment;
  }

  /// The world's file with one text replaced; beside it, so that its folders are the same.
  private static String variant(String name, String old, String now) throws IOException {
    String yaml = Files.readString(world.folder().resolve("newleaf.yaml"));
    assertThat(yaml).contains(old);
    Path file = world.folder().resolve(name);
    Files.writeString(file, yaml.replace(old, now));
    return file.toString();
  }

  @Test
  void everyMistakeOfAFileIsNamedAtOnceWithACaret() throws IOException {
    String file = variant("wrong.yaml", "365d", "soon");
    Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("ec-p384", "dsa"));
    Captured run = run(world.environment(), "plan", "-f", file);
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("soon", "dsa", "2 problems. Nothing was changed.", "^");
    assertThat(run.err()).containsPattern("wrong.yaml:\\d+:\\d+: NL\\d{4} ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void missingFileIsInvalid() {
    Captured run = run(Map.of(), "plan", "-f", "nowhere.yaml");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("nowhere.yaml: there is no such file.").hasLineCount(2);
  }

  @Test
  void missingApiKeyNamesItsVariable() {
    Captured run = run(without("TEMPORAL_CLOUD_API_KEY"), "plan");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("TEMPORAL_CLOUD_API_KEY", "not set").hasLineCount(2);
  }

  @Test
  void wrongApiKeyIsDenied() {
    Captured run = run(with("TEMPORAL_CLOUD_API_KEY", "another-secret"), "plan");
    assertThat(run.exit()).isEqualTo(ExitCode.DENIED.code());
    assertThat(run.err()).contains("TEMPORAL_CLOUD_API_KEY").hasLineCount(2);
  }

  @Test
  void unreachableCloudIsAnErrorWithinSeconds() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String file = variant("unreachable.yaml", world.world().cloudAddress(), "127.0.0.1:" + free);
    long start = System.nanoTime();
    Captured run = run(world.environment(), "plan", "-f", file);
    assertThat(run.exit()).isEqualTo(ExitCode.ERROR.code());
    assertThat(run.err()).contains("can not be reached", "127.0.0.1:" + free).hasLineCount(2);
    // five tries, with pauses that add up to 3.75 s
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void wrongPassphraseIsDeniedAndRerunWithTheRightOneEndsEmpty() throws IOException {
    Map<String, String> right = separate();
    Map<String, String> wrong = new HashMap<>(right);
    wrong.put("NEWLEAF_CA_PASSPHRASE", "another-secret");
    assertThat(run(right, "plan", "--detailed-exitcode").exit()).isEqualTo(ExitCode.CHANGES.code());
    Captured refused = run(wrong, "apply", "--auto-approve");
    assertThat(refused.exit()).as(refused.all()).isEqualTo(ExitCode.DENIED.code());
    Captured applied = run(right, "apply", "--auto-approve");
    assertThat(applied.exit()).as(applied.all()).isZero();
    Captured after = run(right, "plan", "--detailed-exitcode");
    assertThat(after.exit()).as(after.all()).isZero();
    rotated.close();
  }

  private BookingWorld rotated;

  /// A world to change, in which only the leaf is due: its CA's key is there and must be opened.
  private Map<String, String> separate() {
    rotated =
        BookingWorld.start(
            folder.resolve("rotated"),
            new BookingWorld.Story(
                BookingWorld.Scenario.LEAF_RENEWAL,
                "rolling",
                Duration.ofSeconds(1),
                Optional.empty()),
            Clock.systemUTC());
    return rotated.environment();
  }

  @Test
  void readerOfTheClusterMayPlanAndNotApply() throws IOException {
    String token = world.world().cluster().readerToken();
    Path kubeconfig = folder.resolve("reader");
    Files.writeString(kubeconfig, world.world().cluster().kubeconfig("no-such-token"));
    Captured run = run(with("KUBECONFIG", kubeconfig.toString()), "plan");
    assertThat(run.exit()).isEqualTo(ExitCode.DENIED.code());
    assertThat(run.err()).contains("denied").hasLineCount(2);
    Files.writeString(kubeconfig, world.world().cluster().kubeconfig(token));
    assertThat(run(with("KUBECONFIG", kubeconfig.toString()), "plan").exit()).isZero();
  }

  @Test
  void missingKubeconfigNamesTheVariable() {
    Captured run = run(without("KUBECONFIG"), "plan");
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("KUBECONFIG").hasLineCount(2);
  }

  @Test
  void applyWithoutTerminalAndApprovalChangesNothing() {
    Captured run = run(world.environment(), "apply", "--state", folder.resolve("s").toString());
    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.code());
    assertThat(run.err()).contains("newleaf apply --auto-approve").hasLineCount(2);
    assertThat(run(world.environment(), "plan", "--detailed-exitcode").exit())
        .isEqualTo(ExitCode.CHANGES.code());
  }

  @Test
  void heldLockNamesItsHolder() {
    try (RunLock _ = held(folder.resolve("s"))) {
      Captured run =
          run(
              world.environment(),
              "apply",
              "--auto-approve",
              "--state",
              folder.resolve("s").toString());
      assertThat(run.exit()).isEqualTo(ExitCode.LOCKED.code());
      assertThat(run.err()).contains("ann on build-7").hasLineCount(2);
    }
  }

  private static RunLock held(Path state) {
    return RunLock.take(
        new FileLease(state, "build-7"),
        new RunLock.Claim("id-1", "apply by ann on build-7", "build-7", RunLock.LEASE),
        Clock.systemUTC());
  }

  @Test
  void wrongUsageIs64() {
    assertThat(run(Map.of(), "plan", "--nonsense").exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run(Map.of(), "dance").exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run(Map.of()).exit()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run(with("NEWLEAF_WAIT_GATES", "bad"), "apply").exit())
        .isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void helpIsOk() {
    Captured run = run(Map.of(), "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("plan", "apply", "demo", "Exit codes");
    assertThat(run(Map.of(), "apply", "--help").exit()).isZero();
  }
}
