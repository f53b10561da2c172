package newleaf.cli;

import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.plan.Plan;
import newleaf.report.StatusDocument;
import newleaf.report.StatusText;
import newleaf.report.TextMarkdown;
import newleaf.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(mixinStandardHelpOptions = true)
final class NextCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;
  @Mixin private Output output;

  NextCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    Plan plan = inputs.look(terminal, desired).plan();
    terminal.out().print(text(plan));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private String text(Plan plan) {
    String line =
        Words.safe(
            StatusText.next(plan.nextDue(), plan.asOf(), plan.steps().size(), !plan.applyable()));
    return switch (output.format()) {
      case TEXT -> line + "\n";
      case JSON -> StatusDocument.next(plan);
      case MARKDOWN -> TextMarkdown.of(line);
    };
  }
}
