package newleaf.cli;

import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.desired.Hints;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks a file without any connection, and names every problem at once.")
final class ValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    Hints.of(desired).forEach(hint -> terminal.err().print(FailureText.hint(hint)));
    terminal.err().flush();
    terminal
        .out()
        .printf(
            "%s is valid: %s, %s, %s, %s.%n",
            desired.file(),
            Words.count(desired.namespaces().size(), "namespace"),
            Words.count(desired.cas().size(), "CA"),
            desired.leaves().size() == 1 ? "1 leaf" : desired.leaves().size() + " leaves",
            Words.count(desired.workers().size(), "worker group"));
    terminal.out().flush();
    return ExitCode.OK.code();
  }
}
