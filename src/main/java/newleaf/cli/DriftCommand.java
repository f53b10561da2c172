package newleaf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.drift.Drift;
import newleaf.drift.IgnoreList;
import newleaf.drift.Runs;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.report.DriftDocument;
import newleaf.report.DriftMarkdown;
import newleaf.report.DriftText;
import newleaf.report.MetricsText;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;
  @Mixin private Output output;

  @Option(
      names = "--fail-within",
      paramLabel = "TIME",
      converter = ApplyCommand.Time.class,
      description = "Exit with 10 when a certificate ends within this time, for example 21d.")
  private Optional<Duration> failWithin = Optional.empty();

  @Option(
      names = "--ignore-file",
      paramLabel = "FILE",
      description =
          "Addresses not to speak of, one a line, as secret/*/cache-tls; * stands for a part, ** for"
              + " the rest, # begins a comment.")
  private Optional<String> ignoreFile = Optional.empty();

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Also write gauges there, for the textfile collector of Prometheus.")
  private Optional<String> metrics = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Names the issue in Markdown, so that it is found and updated (default: the account).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--accept",
      paramLabel = "ADDRESS",
      description =
          "Take what was changed there as it is, from now on. May be given more than once, with * as"
              + " in an ignore file. Writes the snapshot, and nothing else.")
  private List<String> accept = List.of();

  DriftCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    IgnoreList ignored =
        ignoreFile.map(f -> IgnoreList.parse(f, lines(f))).orElse(IgnoreList.NOTHING);
    try (State state = inputs.state(terminal, desired)) {
      return accept.isEmpty() ? show(desired, state, ignored) : accept(desired, state, ignored);
    }
  }

  private int show(Desired desired, State state, IgnoreList ignored) {
    Optional<Snapshot> snapshot = StateFile.read(StateFile.in(state.documents()));
    Look look = look(desired, state); // after it: a run may end meanwhile and write a newer one
    return show(look.drift(snapshot, failWithin, ignored), look);
  }

  /// The only thing that is written is our own memory, and not beside a run that writes it too.
  private int accept(Desired desired, State state, IgnoreList ignored) {
    IgnoreList addresses = IgnoreList.parse("--accept", accept);
    try (StateLock _ = StateLock.take(terminal, state, "drift --accept")) {
      Optional<Snapshot> before = StateFile.read(StateFile.in(state.documents()));
      Look look = look(desired, state).alone();
      Snapshot after =
          Memory.open(terminal, desired, state, look.journal())
              .accept(look.live(), look.journal(), addresses::matches);
      Drift left = look.drift(Optional.of(after), failWithin, ignored);
      int taken =
          look.drift(before, failWithin, ignored).findings().size() - left.findings().size();
      terminal.err().println("Taken as it is from now on: " + Words.count(taken, "change") + ".");
      terminal.err().flush();
      return show(left, look);
    }
  }

  private Look look(Desired desired, State state) {
    return Look.take(terminal, desired, inputs.base(terminal), state);
  }

  private int show(Drift drift, Look look) {
    terminal.out().print(text(drift, look.desired()));
    terminal.out().flush();
    writeMetrics(drift, look);
    return exit(drift).code();
  }

  private void writeMetrics(Drift drift, Look look) {
    metrics.ifPresent(file ->
        OutputFile.write(
            terminal.folder().resolve(file),
            MetricsText.of(drift, look.plan(), Runs.of(look.journal().lines()))));
  }

  private List<String> lines(String file) {
    Path path = terminal.folder().resolve(file);
    return TextFile.read(path, "the ignore file", "Correct --ignore-file.").lines().toList();
  }

  private String text(Drift drift, Desired desired) {
    return switch (output.format()) {
      case TEXT -> DriftText.of(drift);
      case JSON -> DriftDocument.of(drift);
      case MARKDOWN -> DriftMarkdown.of(drift, name.orElse(desired.account()));
    };
  }

  private static ExitCode exit(Drift drift) {
    if (!drift.atRisk().isEmpty()) {
      return ExitCode.AT_RISK;
    }
    return drift.findings().isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
  }
}
