package newleaf.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which state is meant; as in [Inputs], but nothing is read from the file.
final class StateFolder {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "newleaf.yaml",
      description = "The desired state beside which the state is (default: newleaf.yaml).")
  private String file;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Journal and lock (default: .newleaf beside the file).")
  private Optional<String> state = Optional.empty();

  Path in(Terminal terminal) {
    return state
        .map(s -> terminal.folder().resolve(s))
        .orElseGet(
            () -> terminal.folder().resolve(file).toAbsolutePath().resolveSibling(".newleaf"));
  }
}
