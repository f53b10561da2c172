package newleaf.real;

import java.nio.file.Path;
import java.util.Map;
import newleaf.CommandLines;

/// newleaf in processes of its own.
record Newleaf(Path log, Map<String, String> environment) {

  /// To its end.
  Answer run(String... arguments) {
    return Answer.of(environment, CommandLines.newleaf(arguments).toArray());
  }

  /// Beside the test.
  Program start(String... arguments) {
    return Program.start(log, environment, CommandLines.newleaf(arguments));
  }
}
