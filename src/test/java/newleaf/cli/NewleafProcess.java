package newleaf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A newleaf in a process of its own, as the launcher starts it; or by the launcher itself, with
/// `-Dnewleaf.packaged=target/newleaf/bin/newleaf`, as it was last packaged.
record NewleafProcess(Process process, Path out, Path err) {
  /// Far more than any run takes, on however busy a machine: only a run that hangs reaches it.
  private static final long LIMIT_SECONDS = 300;

  static NewleafProcess start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("NEWLEAF_"));
    builder.environment().putAll(environment);
    return new NewleafProcess(builder.start(), out, err);
  }

  private static List<String> program() {
    return Optional.ofNullable(System.getProperty("newleaf.packaged"))
        .map(launcher -> List.of(Path.of(launcher).toAbsolutePath().toString()))
        .orElseGet(NewleafProcess::onClassPath);
  }

  private static List<String> onClassPath() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Djdk.tls.server.newSessionTicketCount=0",
        "-cp",
        System.getProperty("java.class.path"),
        "newleaf.cli.Main");
  }

  int exit() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end:\n" + text());
    }
    return process.exitValue();
  }

  String text() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }
}
