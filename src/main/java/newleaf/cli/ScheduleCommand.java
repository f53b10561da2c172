package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.desired.Desired;
import newleaf.report.Words;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.Schedules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(mixinStandardHelpOptions = true)
final class ScheduleCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Inputs inputs;

  @Parameters(
      paramLabel = "WHAT",
      converter = ActName.class,
      description = "create (also changes one that is there), show, or remove.")
  private Act act;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "6h",
      converter = ApplyCommand.Time.class,
      description = "How often what is due is rotated (default: 6h).")
  private Duration every;

  @Option(
      names = "--drift-every",
      paramLabel = "TIME",
      defaultValue = "1d",
      converter = ApplyCommand.Time.class,
      description = "How often to look for drift (default: 1d).")
  private Duration driftEvery;

  @Option(
      names = "--fail-within",
      paramLabel = "TIME",
      defaultValue = "21d",
      converter = ApplyCommand.Time.class,
      description =
          "A look for drift fails also when something ends inside that time (default: 21d).")
  private Duration failWithin;

  ScheduleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  enum Act {
    CREATE,
    SHOW,
    REMOVE
  }

  static final class ActName extends Choice<Act> {
    ActName() {
      super(Act.class);
    }
  }

  @Override
  public Integer call() {
    Desired desired = inputs.desired(terminal);
    try (ControlPlane control =
        new ControlPlanes(terminal, desired, inputs.base(terminal)).connect()) {
      Schedules schedules = new Schedules(control, desired.account());
      switch (act) {
        case CREATE -> {
          schedules.rotate(every);
          schedules.lookForDrift(driftEvery, Optional.of(failWithin));
          show(schedules);
        }
        case SHOW -> show(schedules);
        case REMOVE -> remove(schedules.remove());
      }
    }
    return ExitCode.OK.code();
  }

  private void show(Schedules schedules) {
    List<Schedules.Shown> all = schedules.all();
    if (all.isEmpty()) {
      say("Nothing is scheduled. Next: newleaf schedule create --every 6h");
    }
    for (Schedules.Shown one : all) {
      say(
          "%-8s every %s, next %s, started %s so far"
              .formatted(
                  one.what(),
                  one.every().map(Words::duration).orElse("?"),
                  one.next().map(Words::time).orElse("never"),
                  Words.count(one.runs(), "time")));
    }
  }

  private void remove(List<String> removed) {
    say(
        removed.isEmpty()
            ? "Nothing was scheduled."
            : "Removed: " + String.join(", ", removed) + ". Rotations under way go on.");
  }

  private void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
