package newleaf.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// One script does for both: in zsh it loads `bashcompinit` first.
  enum Shell {
    BASH("~/.bashrc"),
    ZSH("~/.zshrc");

    private final String startFile;

    Shell(String startFile) {
      this.startFile = startFile;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().printf("# In %s: source <(newleaf completion %s)%n", shell.startFile, shell);
    terminal.out().print(AutoComplete.bash("newleaf", spec.root().commandLine()));
    terminal.out().flush();
    return ExitCode.OK.code();
  }
}
