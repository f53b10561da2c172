package newleaf.cli;

import newleaf.Newleaf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command without a subcommand.
@Command(
    name = "newleaf",
    version = "newleaf " + Newleaf.VERSION,
    mixinStandardHelpOptions = true,
    description = "Rotates the mTLS certificates of Temporal Cloud: plan, apply, prove.",
    footer = {
      "",
      "Try it without an account: newleaf demo. Begin with your own: newleaf init",
      "Every option is also a variable: --file is NEWLEAF_FILE.",
      "Exit codes: 0 ok, 1 error, 2 changes or drift, 3 waiting at a gate, 4 stale, 5 locked,",
      "            6 partly done, 7 refused, 8 invalid input, 9 denied, 10 something ends soon, 64 usage."
    })
final class NewleafCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: plan, apply, demo ...");
  }
}
