package newleaf.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that runs beside the test; what it prints goes to a file.
public final class Program implements AutoCloseable {
  private static final long GRACE_SECONDS = 20;

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// @param log appended to
  public static Program start(Path log, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      // a test run that is stopped must not leave servers behind
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Program(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Program start(Path log, Path binary, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    return start(log, Map.of(), command);
  }

  public boolean alive() {
    return process.isAlive();
  }

  /// The last lines that it printed.
  public String words() {
    try {
      List<String> lines = List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks it to end (SIGTERM), and makes it end when it does not in time.
  public void stop(long graceSeconds) {
    process.destroy();
    try {
      if (!process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop(GRACE_SECONDS);
  }
}
