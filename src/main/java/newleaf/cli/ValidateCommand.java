package newleaf.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import newleaf.Problem;
import newleaf.desired.Desired;
import newleaf.desired.Hints;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private static final int SHOWN_OF_A_KIND = 10;

  private final Terminal terminal;

  @Mixin private Inputs inputs;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    hints(Hints.of(desired));
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

  /// Of a fleet there can be thousands of one kind.
  private void hints(List<Problem> hints) {
    Map<String, Integer> seen = new TreeMap<>();
    for (Problem hint : hints) {
      if (seen.merge(hint.code(), 1, Integer::sum) <= SHOWN_OF_A_KIND) {
        terminal.err().print(FailureText.hint(hint));
      }
    }
    seen.forEach((code, number) -> {
      if (number > SHOWN_OF_A_KIND) {
        terminal
            .err()
            .printf(
                "%d more hints %s are not shown. What they mean: newleaf explain %s%n",
                number - SHOWN_OF_A_KIND, code, code);
      }
    });
  }
}
