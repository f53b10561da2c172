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
      paramLabel = "PLACE",
      description = {
        "Journal and lock: a folder, or kubernetes:NAMESPACE/NAME",
        "(default: as `state:` in the file says, else .newleaf beside it)."
      })
  private Optional<String> state;

  /// As named on the command line.
  String file() {
    return file;
  }

  Desired desired(Terminal terminal) {
    return desired(content(terminal));
  }

  Desired desired(byte[] content) {
    return DesiredYaml.read(file, content);
  }

  /// Of the file, as it is now.
  byte[] content(Terminal terminal) {
    Path path = path(terminal);
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(READ_AT_MOST);
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

  State state(Terminal terminal, Desired desired) {
    return state
        .map(text -> State.named(terminal, text, desired.kubeContext()))
        .orElseGet(() -> State.of(terminal, desired, base(terminal)));
  }

  /// For commands that work on a state alone: then there may be no file.
  State state(Terminal terminal) {
    Optional<Desired> desired = desiredIfThere(terminal);
    if (state.isPresent() || desired.isEmpty()) {
      String text = state.orElseGet(() -> base(terminal).resolve(".newleaf").toString());
      return State.named(terminal, text, desired.flatMap(Desired::kubeContext));
    }
    return State.of(terminal, desired.get(), base(terminal));
  }

  /// Another place than what this file, or --state, says.
  State otherState(Terminal terminal, String place) {
    return State.named(terminal, place, desiredIfThere(terminal).flatMap(Desired::kubeContext));
  }

  private Optional<Desired> desiredIfThere(Terminal terminal) {
    return Files.exists(path(terminal)) ? Optional.of(desired(terminal)) : Optional.empty();
  }

  Look look(Terminal terminal, Desired desired) {
    try (State place = state(terminal, desired)) {
      return Look.take(terminal, desired, base(terminal), place);
    }
  }

  private Path path(Terminal terminal) {
    return terminal.folder().resolve(file);
  }

  private NewleafException unreadable(String what, String next, IOException cause) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation("NL7001", file, what, next)), cause);
  }
}
