package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a command has loaded when it ends, asked of the JVM.
class LazyWiringTest {
  private static final Pattern LOADED = Pattern.compile("(?m)\\] (\\S+) source: ");
  private static final String CONNECTED = "(io\\.grpc|io\\.fabric8|io\\.temporal)\\..*";
  private static final String CRYPTOGRAPHY = "org\\.bouncycastle\\..*";

  @TempDir Path folder;

  static Stream<String> commandsThatOnlyLookAtFiles() {
    Path root = Path.of("").toAbsolutePath();
    return Stream.of(
        "--help",
        "plan --help",
        "validate -f " + root.resolve("examples/ca-rollover.yaml"),
        "show " + root.resolve("plans/ca-rollover.1.json"),
        "explain NL1013",
        "schema",
        "completion bash");
  }

  @ParameterizedTest
  @MethodSource
  void commandsThatOnlyLookAtFiles(String command) throws IOException, InterruptedException {
    assertThat(loaded(command))
        .contains("newleaf.cli.Cli")
        .noneMatch(name -> name.matches(CONNECTED + "|" + CRYPTOGRAPHY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void helpOnAllCommandsMakesNone(String command) throws IOException, InterruptedException {
    assertThat(loaded(command))
        .contains("newleaf.cli.Subcommand")
        .noneMatch(
            name -> name.matches("newleaf\\.cli\\..+Command") && !name.endsWith(".NewleafCommand"));
  }

  private Stream<String> loaded(String command) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    NewleafProcess run =
        NewleafProcess.start(
            folder, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), command.split(" "));
    assertThat(run.exit()).as(run.text()).isZero();
    return LOADED.matcher(Files.readString(log)).results().map(found -> found.group(1));
  }
}
