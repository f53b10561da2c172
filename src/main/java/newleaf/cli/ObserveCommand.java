package newleaf.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.json.Json;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class ObserveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs;
  @Mixin private Output output;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write; without it, say -o json for stdout.")
  private Optional<String> out = Optional.empty();

  ObserveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean json = output.format() == Format.JSON;
    if (output.format() == Format.MARKDOWN || (out.isEmpty() && !json)) {
      throw new ParameterException(spec.commandLine(), "Say --out FILE, or -o json for stdout.");
    }
    Desired desired = inputs.desired(terminal);
    Look look = inputs.look(terminal, desired);
    Snapshot snapshot = Snapshot.of(look.live(), desired.digest());
    out.ifPresent(file -> write(file, snapshot));
    terminal.out().print(json ? Json.pretty(snapshot) : written(snapshot));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private void write(String file, Snapshot snapshot) {
    Path path = terminal.folder().resolve(file);
    try {
      StateFile.write(path, snapshot);
    } catch (IOException e) {
      throw OutputFile.unwritable(path, e);
    }
  }

  private String written(Snapshot snapshot) {
    return Words.safe(
            "Wrote %s: %s, %s, as of %s."
                .formatted(
                    out.orElseThrow(),
                    Words.count(snapshot.observed().namespaces().size(), "namespace"),
                    Words.count(snapshot.observed().workers().size(), "worker group"),
                    snapshot.at()))
        + "\n";
  }
}
