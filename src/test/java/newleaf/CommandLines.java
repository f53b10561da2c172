package newleaf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.cli.Main;

/// Of processes that tests start.
public final class CommandLines {
  private CommandLines() {}

  /// newleaf as the launcher starts it; or the launcher itself, with
  /// `-Dnewleaf.packaged=target/newleaf/bin/newleaf`, as it was last packaged.
  public static List<String> newleaf(String... arguments) {
    List<String> command =
        new ArrayList<>(
            Optional.ofNullable(System.getProperty("newleaf.packaged"))
                .map(launcher -> List.of(Path.of(launcher).toAbsolutePath().toString()))
                .orElseGet(() -> java(Main.class, "-Djdk.tls.server.newSessionTicketCount=0")));
    command.addAll(List.of(arguments));
    return command;
  }

  /// A class of the tests' class path, on Java with the options of a command that is soon done.
  ///
  /// @param options more of them
  public static List<String> java(Class<?> main, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }
}
