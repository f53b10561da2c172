package newleaf.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import newleaf.cloud.RequestRate;
import newleaf.desired.Desired;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.RotationWorker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private Inputs inputs;

  @Option(
      names = "--rps",
      paramLabel = "N",
      defaultValue = "" + RequestRate.DEFAULT_PER_SECOND,
      description =
          "Requests per second to the Cloud Ops API (default: ${DEFAULT-VALUE}; a user may make"
              + " 40).")
  private int requestsPerSecond;

  WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (requestsPerSecond < 1) {
      throw new ParameterException(spec.commandLine(), "--rps wants a number from 1.");
    }
    Desired desired = inputs.desired(terminal);
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping(stop, ended)));
    try (ControlPlane control =
            new ControlPlanes(terminal, desired, inputs.base(terminal)).connectToRotate();
        Desk desk = new Desk(terminal, inputs, new Wiring.Limits(stop, requestsPerSecond));
        RotationWorker _ = RotationWorker.start(control, desk)) {
      say(
          "Works for %s: namespace %s at %s, task queue %s. Ctrl-C ends it at any moment."
              .formatted(
                  desired.file(), control.namespace(), control.address(), control.taskQueue()));
      stop.await();
    } finally {
      ended.countDown();
    }
    return ExitCode.OK.code();
  }

  private void stopping(StopSignal stop, CountDownLatch ended) {
    say("Stopping: what is under way ends, or is left to the next worker.");
    stop.ask();
    try {
      ended.await();
    } catch (InterruptedException _) {
      return; // nobody interrupts a shutdown hook
    }
  }

  private void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
