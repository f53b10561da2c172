package newleaf.cli;

import newleaf.Newleaf;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The command without a subcommand. Put together by hand: reading annotations would double the
/// time that `newleaf --help` takes.
final class NewleafCommand implements Runnable {
  // as picocli says it for every other command
  private static final String HELP = "Show this help message and exit.";
  private static final String VERSION = "Print version information and exit.";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  CommandSpec spec() {
    spec.name("newleaf")
        .version("newleaf " + Newleaf.VERSION)
        .addOption(flag("-h", "--help").usageHelp(true).description(HELP).build())
        .addOption(flag("-V", "--version").versionHelp(true).description(VERSION).build())
        .usageMessage()
        .description("Rotates the mTLS certificates of Temporal Cloud: plan, apply, prove.")
        .footer(
            "",
            "Try it without an account: newleaf demo. Begin with your own: newleaf init",
            "Every option is also a variable: --file is NEWLEAF_FILE.",
            "Exit codes: 0 ok, 1 error, 2 changes or drift, 3 waiting at a gate, 4 stale, 5 locked,",
            "            6 partly done, 7 refused, 8 invalid input, 9 denied, 10 something ends soon,"
                + " 64 usage.");
    return spec;
  }

  private static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).arity("0");
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: plan, apply, demo ...");
  }
}
