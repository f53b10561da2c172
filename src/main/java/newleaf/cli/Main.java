package newleaf.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/// Adapts the process to [Cli].
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    Locale.setDefault(Locale.ROOT); // numbers read alike everywhere
    System.setProperty("java.util.logging.config.class", SilentLog.class.getName());
    Warmup.beginFor(args);
    return new Cli(ofProcess()).run(args);
  }

  private static Terminal ofProcess() {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return new Terminal(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Clock.systemUTC(),
        console.map(c -> question -> c.readLine("%s", question)),
        console.map(c -> question -> c.readPassword("%s", question)),
        () -> WindowSize.of(WindowSize.STANDARD_ERROR, System.getProperty("os.name")));
  }
}
