package newleaf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.PlanFile;
import newleaf.journal.Snapshot;
import newleaf.journal.StateFile;
import newleaf.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;
  @Mixin private Output output;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also save the plan here, for: newleaf apply FILE")
  private Optional<String> out = Optional.empty();

  @Option(
      names = "--md",
      paramLabel = "FILE",
      description = "Also write it as Markdown here, for a comment on a pull request.")
  private Optional<String> markdown = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Tells Markdown plans apart (default: the file's name without .yaml).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--observed",
      paramLabel = "FILE",
      description = "Plan from what `newleaf observe` wrote; connects to nothing.")
  private Optional<String> observed = Optional.empty();

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      converter = AsOf.Text.class,
      description = "Plan as if it were 2027-01-31, 2027-01-31T06:00:00Z or +30d.")
  private Optional<AsOf> asOf = Optional.empty();

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      converter = ApplyCommand.Time.class,
      description = "Also list what becomes due, or ends, within this time, for example 90d.")
  private Optional<Duration> horizon = Optional.empty();

  @Option(names = "--quiet-if-empty", description = "Print nothing when nothing is due.")
  private boolean quietIfEmpty;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when steps can run, 3 when all wait at a gate (0: none are due).")
  private boolean detailed;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Instant now = terminal.clock().instant();
    Plan plan;
    try (Session session = Session.of(terminal, inputs)) {
      plan = plan(session, asOf.map(t -> t.from(now)).orElse(now));
    }
    PlanOutput printed = new PlanOutput(terminal, horizon, name);
    out.ifPresent(file -> PlanFile.write(path(file), plan));
    markdown.ifPresent(file -> OutputFile.write(path(file), printed.markdown(plan)));
    if (!(plan.isEmpty() && quietIfEmpty)) {
      printed.print(plan, output.format());
    }
    return exit(plan, detailed).code();
  }

  private Plan plan(Session session, Instant time) {
    return observed
        .map(file -> session.plan(snapshot(path(file)).observed(), time))
        .orElseGet(() -> session.plan(time));
  }

  private static Snapshot snapshot(Path file) {
    return StateFile.read(file)
        .orElseThrow(() ->
            new NewleafException(
                new Failure.Misconfigured(
                    new Explanation(
                        "NL7014",
                        file.toString(),
                        "there is no such file.",
                        "Make one with: newleaf observe --out FILE"))));
  }

  private Path path(String file) {
    return terminal.folder().resolve(file);
  }

  static ExitCode exit(Plan plan, boolean detailed) {
    if (!plan.applyable()) {
      return ExitCode.REFUSED;
    }
    if (!detailed || plan.isEmpty()) {
      return ExitCode.OK;
    }
    boolean waiting = !plan.steps().isEmpty() && plan.summary().runnableNow() == 0;
    return waiting ? ExitCode.WAITING : ExitCode.CHANGES;
  }
}
