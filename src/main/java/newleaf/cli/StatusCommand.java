package newleaf.cli;

import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.drift.Runs;
import newleaf.drift.Status;
import newleaf.drift.StatusCheck;
import newleaf.report.StatusDocument;
import newleaf.report.StatusText;
import newleaf.report.TextMarkdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;
  @Mixin private Output output;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    Look look = inputs.look(terminal, desired);
    Status status =
        StatusCheck.of(
            desired, look.live(), look.plan(), Runs.of(look.journal().lines()), look.lockHolder());
    terminal.out().print(text(status));
    if (output.format() == Format.TEXT && desired.temporal().isPresent()) {
      terminal.out().print(new TemporalStatus(terminal, desired, inputs.base(terminal)).text());
    }
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private String text(Status status) {
    return switch (output.format()) {
      case TEXT -> StatusText.of(status);
      case JSON -> StatusDocument.of(status);
      case MARKDOWN -> TextMarkdown.of(StatusText.of(status));
    };
  }
}
