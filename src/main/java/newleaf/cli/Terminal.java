package newleaf.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import newleaf.report.LiveTable.Size;

/// Everything a command may touch of the process it runs in, so that a test can be that process.
///
/// @param out the result
/// @param err progress and complaints
/// @param folder the working directory
/// @param line asks a person one question and reads the answer; empty without a terminal
/// @param password the same without echo
/// @param screen the size of the terminal that `err` is, now; empty when it is none
record Terminal(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path folder,
    InstantSource clock,
    Optional<Function<String, String>> line,
    Optional<Function<String, char[]>> password,
    Supplier<Optional<Size>> screen) {

  /// Only for a person who looks at it, and did not ask for none (no-color.org).
  boolean colour() {
    return line.isPresent()
        && variable("NO_COLOR").isEmpty()
        && !variable("TERM").orElse("").equals("dumb");
  }

  /// The same, but whatever is printed goes elsewhere.
  Terminal printing(PrintWriter newOut, PrintWriter newErr) {
    return new Terminal(newOut, newErr, environment, folder, clock, line, password, screen);
  }

  Terminal with(Map<String, String> newEnvironment) {
    return new Terminal(out, err, newEnvironment, folder, clock, line, password, screen);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
  }
}
