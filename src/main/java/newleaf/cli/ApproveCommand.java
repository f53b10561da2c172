package newleaf.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.plan.Gate;
import newleaf.report.GateText;
import newleaf.report.Words;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.Engine;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorkflow.Approval;
import newleaf.workflow.RotationWorkflow.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int LOOKS = 20;

  private final Terminal terminal;

  @Mixin private Inputs inputs;

  @Parameters(
      paramLabel = "ROTATION",
      description = "As `newleaf status` names it, for example ca/booking.")
  private String share;

  @Parameters(
      paramLabel = "GATE",
      description = "A gate that it waits at, for example retire/ca/booking-g1.")
  private String gate;

  @Option(
      names = "--as",
      paramLabel = "WHO",
      description = "Who says yes, for the journal (default: the user of this machine).")
  private Optional<String> who = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the journal.")
  private String reason = "";

  ApproveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Desired desired = inputs.desired(terminal);
    try (ControlPlane control =
        new ControlPlanes(terminal, desired, inputs.base(terminal)).connect()) {
      Rotation rotation = new Engine(control, desired.account()).rotation(share);
      return approve(rotation).code();
    }
  }

  private ExitCode approve(Rotation rotation) throws InterruptedException {
    if (!rotation.isUnderWay()) {
      throw refused(
          "has ended, so nothing of it waits for a yes.",
          "See what is under way with: newleaf status");
    }
    Optional<Status> before = rotation.status();
    Optional<Approval> given = before.flatMap(this::given);
    if (given.isPresent()) {
      say("%s was approved before, by %s. Once is enough.".formatted(gate, given.get().who()));
      return ExitCode.OK;
    }
    rotation.approve(new Approval(gate, who.orElseGet(() -> StateLock.user(terminal)), reason));
    return before.isPresent() ? await(rotation, before.get().holding()) : kept();
  }

  private Optional<Approval> given(Status status) {
    return status.given().stream().filter(a -> a.gate().equals(gate)).findFirst();
  }

  private ExitCode await(Rotation rotation, List<Gate> holding) throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (!rotation.isUnderWay() || rotation.status().flatMap(this::given).isPresent()) {
        tell(holding);
        return ExitCode.OK;
      }
      Thread.sleep(LOOK_EVERY);
    }
    return kept();
  }

  private ExitCode kept() {
    say("Kept on Temporal. No worker has looked at it yet; start one with: newleaf worker");
    return ExitCode.OK;
  }

  private void tell(List<Gate> holding) {
    if (holding.stream().anyMatch(g -> g.id().equals(gate))) {
      say("%s is approved; %s goes on.".formatted(gate, share));
      return;
    }
    say("%s does not wait at %s now; the yes is kept for when it does.".formatted(share, gate));
    holding.forEach(g -> say("  It waits at " + GateText.of(g)));
  }

  private void say(String line) {
    terminal.out().println(Words.safe(line));
    terminal.out().flush();
  }

  private NewleafException refused(String what, String next) {
    return new NewleafException(new Failure.Refused(new Explanation("NL5306", share, what, next)));
  }
}
