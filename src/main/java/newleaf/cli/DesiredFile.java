package newleaf.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import newleaf.NewleafException;
import newleaf.desired.Desired;

/// The desired state for whoever works for long: parsed again only when its bytes changed.
final class DesiredFile {
  private final Terminal terminal;
  private final Inputs inputs;
  private final Consumer<String> troubled;
  private byte[] seen = {};
  private Optional<Desired> parsed = Optional.empty();
  private String trouble = "";

  /// @param troubled hears, once each time, why it can not be used
  DesiredFile(Terminal terminal, Inputs inputs, Consumer<String> troubled) {
    this.terminal = terminal;
    this.inputs = inputs;
    this.troubled = troubled;
  }

  /// As it is now; empty while it can not be used.
  synchronized Optional<Desired> now() {
    try {
      byte[] content = inputs.content(terminal);
      if (parsed.isEmpty() || !Arrays.equals(content, seen)) {
        parsed = Optional.of(inputs.desired(content));
        seen = content;
      }
      trouble = "";
      return parsed;
    } catch (NewleafException e) {
      complain(e.failure().line());
      return Optional.empty();
    }
  }

  /// Why it could not be used when it was looked at last; empty when it could.
  synchronized String trouble() {
    return trouble;
  }

  private void complain(String line) {
    if (!line.equals(trouble)) {
      trouble = line;
      troubled.accept(line);
    }
  }
}
