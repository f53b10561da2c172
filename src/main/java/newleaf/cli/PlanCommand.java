package newleaf.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.journal.Journal;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;
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
    Desired desired = inputs.desired(terminal);
    Journal journal = Journal.open(inputs.stateFolder(terminal), terminal.clock());
    try (Wiring wiring = new Wiring(terminal, desired, inputs.base(terminal))) {
      Instant asOf = terminal.clock().instant();
      Plan plan =
          Planner.plan(
              desired,
              wiring.observer().observe(Scopes.of(desired), journal.recorded(), asOf),
              asOf);
      terminal.out().print(PlanText.of(plan));
      terminal.out().flush();
      return exit(plan).code();
    }
  }

  private ExitCode exit(Plan plan) {
    if (!plan.applyable()) {
      return ExitCode.REFUSED;
    }
    return detailed && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
  }
}
