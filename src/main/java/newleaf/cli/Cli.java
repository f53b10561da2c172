package newleaf.cli;

import java.util.Locale;
import newleaf.Failure;
import newleaf.NewleafException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Parses a command line, runs the command and turns whatever happens into text and an exit status.
public final class Cli {
  private final Terminal terminal;

  Cli(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(String... args) {
    CommandLine line = new CommandLine(new NewleafCommand().spec());
    Subcommand.addTo(line, terminal, args);
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setDefaultValueProvider(fromEnvironment());
    line.setParameterExceptionHandler((e, _) -> usage(e));
    line.setExecutionExceptionHandler((e, _, _) -> failed(e));
    return line.execute(args);
  }

  /// Every option is also a variable: `--wait-gates` is `NEWLEAF_WAIT_GATES`.
  private IDefaultValueProvider fromEnvironment() {
    return spec ->
        spec instanceof OptionSpec option
            ? terminal.variable(variable(option.longestName())).orElse(null)
            : null;
  }

  static String variable(String option) {
    return "NEWLEAF_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private int usage(ParameterException e) {
    terminal.err().println(e.getMessage());
    terminal
        .err()
        .println("Run: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private int failed(Exception e) {
    if (e instanceof NewleafException known) {
      Failure failure = known.failure();
      terminal.err().print(FailureText.of(failure));
      terminal.err().flush();
      return ExitCode.of(failure).code();
    }
    terminal.err().println("This is a bug of newleaf, not of your files. Please report:");
    e.printStackTrace(terminal.err());
    return ExitCode.ERROR.code();
  }
}
