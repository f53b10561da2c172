package newleaf.cli;

import java.util.concurrent.Callable;
import newleaf.explain.SchemaKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "desired",
      description = "Of which file: ${COMPLETION-CANDIDATES} (default: desired).")
  private SchemaKind kind;

  SchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(kind.schema());
    terminal.out().flush();
    return ExitCode.OK.code();
  }
}
