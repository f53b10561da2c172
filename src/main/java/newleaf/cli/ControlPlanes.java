package newleaf.cli;

import java.nio.file.Path;
import java.time.Duration;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.desired.Hints;
import newleaf.desired.SecretSource;
import newleaf.desired.TemporalSpec;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.ControlPlane.Credentials;

/// Connects to where the rotations of a file run, as its section `temporal:` says.
record ControlPlanes(Terminal terminal, Desired desired, Path base) {
  /// Whoever asks wants an answer, also when no worker gives one.
  private static final Duration ASKED = Duration.ofSeconds(8);

  private static final Duration AT_WORK = Duration.ofMinutes(1);

  /// @throws NewleafException Misconfigured when the file names none, or its credentials can not be
  ///   read
  ControlPlane connect() {
    return connect(ASKED);
  }

  private ControlPlane connect(Duration patience) {
    TemporalSpec spec = desired.temporal().orElseThrow(this::none);
    return new ControlPlane(
        new ControlPlane.Target(
            spec.address(),
            spec.namespace(),
            spec.taskQueue(),
            credentials(spec),
            spec.serverCa()
                .map(
                    f -> TextFile.read(base.resolve(f), "temporal.serverCa", "Correct the path."))),
        identity(),
        patience);
  }

  /// For whoever rotates: says so when that could lock out what carries it out.
  ControlPlane connectToRotate() {
    ControlPlane control = connect(AT_WORK);
    desired
        .temporal()
        .ifPresent(spec ->
            Hints.of(desired).stream()
                .filter(hint -> hint.where().equals(spec.at()))
                .forEach(hint -> terminal.err().print(FailureText.hint(hint))));
    terminal.err().flush();
    return control;
  }

  private Credentials credentials(TemporalSpec spec) {
    return switch (spec.access()) {
      case TemporalSpec.Access.Nothing() -> new Credentials.None();
      case TemporalSpec.Access.ApiKey(var source) -> key(source);
      case TemporalSpec.Access.Certificate(var folder) ->
          new Credentials.Leaf(base.resolve(folder));
    };
  }

  /// Read once before, so that one that is missing is seen at once.
  private Credentials key(SecretSource source) {
    SecretValues secrets = new SecretValues(terminal, base);
    String what = "the API key of temporal";
    char[] _ = secrets.read(source, what);
    return new Credentials.ApiKey(() -> new String(secrets.read(source, what)).strip());
  }

  private String identity() {
    return "newleaf %d@%s".formatted(ProcessHandle.current().pid(), StateLock.machine(terminal));
  }

  private NewleafException none() {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL3200",
                desired.file(),
                "does not say where rotations run on Temporal.",
                "Add a section `temporal:` with address and namespace; see README.md.")));
  }
}
