package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.ApplyEvent;
import newleaf.desired.Durations;
import newleaf.report.EventText;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Carries out what `plan` prints, proves each step, and goes on where an earlier run stopped.",
      "Safe to stop at any moment and to run again."
    })
final class ApplyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;

  @Option(names = "--auto-approve", description = "Do not ask before the first step.")
  private boolean autoApprove;

  @Option(
      names = "--approve",
      paramLabel = "GATE",
      description = "Say yes to a gate of the plan, for example retire/ca/booking-g1.")
  private List<String> approvals = List.of();

  @Option(
      names = "--wait-gates",
      paramLabel = "TIME",
      defaultValue = "15m",
      converter = Time.class,
      description =
          "Wait this long for a soak (default: 15m); a longer one is left to a later run.")
  private Duration waitGates;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 3 when the rest waits at a gate (0 means all is done).")
  private boolean detailed;

  ApplyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Durations as in the YAML.
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(() -> new TypeConversionException("write a duration like 10m or 1d12h"));
    }
  }

  @Override
  public Integer call() {
    Session session =
        new Session(terminal, inputs.desired(terminal), inputs.base(terminal))
            .on(inputs.stateFolder(terminal));
    try (StopNotice _ = StopNotice.during(terminal, session.desired().file())) {
      return session
          .apply(this::confirm, Set.copyOf(approvals), waitGates, this::show, detailed)
          .code();
    }
  }

  private void show(ApplyEvent event) {
    EventText.of(event).ifPresent(terminal.err()::println);
    terminal.err().flush();
  }

  private void confirm() {
    if (autoApprove) {
      return;
    }
    String answer =
        terminal
            .line()
            .orElseThrow(() ->
                new NewleafException(
                    new Failure.Misconfigured(
                        new Explanation(
                            "NL7010",
                            "apply",
                            "there is no terminal to ask on, and nobody said yes.",
                            "Run: newleaf apply --auto-approve"))))
            .apply("Carry out this plan? Only `yes` goes on: ");
    if (!"yes".equals(answer == null ? "" : answer.strip())) {
      throw new NewleafException(
          new Failure.Refused(
              new Explanation("NL7011", "apply", "was not confirmed; nothing was changed.", "")));
    }
  }
}
