package newleaf.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import picocli.CommandLine.Option;

/// The options that say what to work on.
final class Inputs {
  /// One byte over what is accepted, so that too large is seen without reading it all.
  private static final int READ_AT_MOST = 10 * 1024 * 1024 + 1;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "newleaf.yaml",
      description = "The desired state (default: newleaf.yaml).")
  private String file;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Journal and lock (default: .newleaf beside the file).")
  private Optional<String> state;

  /// As named on the command line.
  String file() {
    return file;
  }

  Desired desired(Terminal terminal) {
    Path path = path(terminal);
    try (InputStream in = Files.newInputStream(path)) {
      return DesiredYaml.read(file, in.readNBytes(READ_AT_MOST));
    } catch (NoSuchFileException e) {
      throw unreadable("there is no such file.", "Name one with -f, or see examples/.", e);
    } catch (IOException e) {
      throw unreadable(
          "can not be read (" + e.getMessage() + ").", "Make it readable, or name another.", e);
    }
  }

  /// What relative folders in the file are relative to.
  Path base(Terminal terminal) {
    return path(terminal).toAbsolutePath().getParent();
  }

  Path stateFolder(Terminal terminal) {
    return state
        .map(s -> terminal.folder().resolve(s))
        .orElseGet(() -> base(terminal).resolve(".newleaf"));
  }

  private Path path(Terminal terminal) {
    return terminal.folder().resolve(file);
  }

  private NewleafException unreadable(String what, String next, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation("NL7001", file, what, next)), cause);
  }
}
