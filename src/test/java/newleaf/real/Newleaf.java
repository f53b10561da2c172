package newleaf.real;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// newleaf as the launcher starts it, in processes of their own.
record Newleaf(Path log, Map<String, String> environment) {

  /// To its end.
  Answer run(String... arguments) {
    return Answer.of(environment, command(arguments).toArray());
  }

  /// Beside the test.
  Program start(String... arguments) {
    return Program.start(log, environment, command(arguments));
  }

  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "newleaf.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }
}
