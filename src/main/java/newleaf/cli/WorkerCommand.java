package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import newleaf.NewleafException;
import newleaf.cloud.RequestRate;
import newleaf.desired.Desired;
import newleaf.report.Words;
import newleaf.workflow.ClusterWorker;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.RemoteClusters;
import newleaf.workflow.RotationWorker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  private static final Duration CHECK_EVERY = Duration.ofMinutes(1);

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

  @Option(
      names = "--remote",
      paramLabel = "CLUSTER",
      split = ",",
      description =
          "Clusters of the file that are out of reach from here: a worker with --cluster runs in"
              + " each.")
  private List<String> remote = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "CLUSTER",
      description = {
        "Work in this cluster only, for a worker with --remote elsewhere. Needs access to the",
        "cluster and to Temporal; no API key, no key of a CA, no state."
      })
  private Optional<String> cluster;

  WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Desired desired = inputs.desired(terminal);
    check(desired);
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    try (ControlPlane control =
        new ControlPlanes(terminal, desired, inputs.base(terminal)).connectToRotate()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping(stop, ended)));
      if (cluster.isPresent()) {
        workInCluster(control, desired, cluster.get(), stop);
      } else {
        workAtHome(control, desired, stop);
      }
    } finally {
      ended.countDown();
    }
    return ExitCode.OK.code();
  }

  private void check(Desired desired) {
    if (requestsPerSecond < 1) {
      throw new ParameterException(spec.commandLine(), "--rps wants a number from 1.");
    }
    if (cluster.isPresent() && !remote.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--remote is for the worker at home, --cluster for that of a cluster.");
    }
    Set<String> named = Reading.namedClusters(desired);
    Stream.concat(cluster.stream(), remote.stream())
        .filter(name -> !named.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new ParameterException(
              spec.commandLine(),
              "%s names no cluster %s; it names: %s."
                  .formatted(
                      desired.file(), name, named.isEmpty() ? "none" : String.join(", ", named)));
        });
  }

  private void workAtHome(ControlPlane control, Desired desired, StopSignal stop)
      throws InterruptedException {
    RemoteClusters clusters = RemoteClusters.of(control, desired.account(), remote);
    try (Desk desk =
            new Desk(
                terminal,
                inputs,
                new Wiring.Limits(stop, requestsPerSecond),
                clusters,
                this::tell);
        RotationWorker _ = RotationWorker.start(control, desired.account(), desk)) {
      say(
          "Works for %s: namespace %s at %s, task queue %s. Ctrl-C ends it at any moment."
              .formatted(
                  desired.file(), control.namespace(), control.address(), control.taskQueue()));
      watch(control, stop);
    }
  }

  private void workInCluster(ControlPlane control, Desired desired, String name, StopSignal stop)
      throws InterruptedException {
    ClusterFile scope = new ClusterFile(terminal, inputs, name, this::tell);
    try (ClusterWiring wiring = new ClusterWiring(terminal, desired, inputs.base(terminal));
        ClusterWorker _ =
            ClusterWorker.start(control, wiring.site(name, scope), terminal.clock(), this::tell)) {
      say(
          ("Works in cluster %s (%s): namespace %s at %s, task queue %s."
                  + " Ctrl-C ends it at any moment.")
              .formatted(
                  name,
                  Words.safe(wiring.address()),
                  control.namespace(),
                  control.address(),
                  ClusterWorker.taskQueue(control.taskQueue(), name)));
      watch(control, stop);
    }
  }

  /// A worker that Temporal does not let in any more would be silent else.
  private void watch(ControlPlane control, StopSignal stop) throws InterruptedException {
    String before = "";
    while (!stop.await(CHECK_EVERY)) {
      String now = control.trouble().map(NewleafException::getMessage).orElse("");
      if (!now.equals(before)) {
        tell(now.isEmpty() ? "Temporal answers again." : now);
      }
      before = now;
    }
  }

  private void tell(String what) {
    say(Words.clock(terminal.clock().instant()) + "  " + Words.safe(what));
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
