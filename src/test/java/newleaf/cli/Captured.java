package newleaf.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// One run of the command line inside this process, and what it printed.
record Captured(int exit, String out, String err) {

  static Captured run(Path folder, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = new Cli(terminal(folder, environment, out, err)).run(args);
    return new Captured(exit, out.toString(), err.toString());
  }

  static Terminal silent(Path folder, Map<String, String> environment) {
    return terminal(folder, environment, Writer.nullWriter(), Writer.nullWriter());
  }

  private static Terminal terminal(
      Path folder, Map<String, String> environment, Writer out, Writer err) {
    return new Terminal(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        environment,
        folder,
        Clock.systemUTC(),
        Optional.empty(),
        Optional.empty(),
        Optional::empty);
  }

  String all() {
    return out + err;
  }
}
