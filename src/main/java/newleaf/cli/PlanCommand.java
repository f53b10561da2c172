package newleaf.cli;

import java.util.concurrent.Callable;
import newleaf.plan.Plan;
import newleaf.report.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Prints the steps that are due, in order, and why. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when there are steps (0 means none).")
  private boolean detailed;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Plan plan =
        new Session(terminal, inputs.desired(terminal), inputs.base(terminal))
            .on(inputs.stateFolder(terminal))
            .plan();
    terminal.out().print(PlanText.of(plan));
    if (plan.applyable() && !plan.isEmpty()) {
      terminal.out().println("To carry it out: newleaf apply -f " + plan.file());
    }
    terminal.out().flush();
    return exit(plan).code();
  }

  private ExitCode exit(Plan plan) {
    if (!plan.applyable()) {
      return ExitCode.REFUSED;
    }
    return detailed && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
  }
}
