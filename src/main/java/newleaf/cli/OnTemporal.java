package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.Desired;
import newleaf.report.Words;
import newleaf.workflow.ControlPlane;
import newleaf.workflow.Engine;
import newleaf.workflow.Fleet;
import newleaf.workflow.FleetWorkflow;
import newleaf.workflow.FleetWorkflow.Agenda;

/// `apply --on temporal`: has the workers rotate what is due, and follows them for as long as
/// somebody wants to watch. Nothing depends on this process.
final class OnTemporal {
  /// @param expect the digest that the plan has to have
  /// @param consent asks a person for a yes to what is planned, unless a digest was expected
  /// @param waitGates how long to watch rotations that wait at gates
  /// @param detailed exit with 3 when some wait
  record Options(Optional<String> expect, Runnable consent, Duration waitGates, boolean detailed) {}

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// A worker that is there answers sooner.
  private static final Duration PLANNING = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Desired desired;
  private final Options options;

  OnTemporal(Terminal terminal, Desired desired, Options options) {
    this.terminal = terminal;
    this.desired = desired;
    this.options = options;
  }

  ExitCode run(ControlPlane control) throws InterruptedException {
    Engine engine = new Engine(control, desired.account());
    boolean ask = options.expect().isEmpty();
    Fleet fleet = engine.start(new FleetWorkflow.Request(options.expect(), ask, Optional.empty()));
    Optional<Agenda> agenda = agenda(fleet);
    if (agenda.isPresent() && !agenda.get().shares().isEmpty()) {
      print(agenda.get().text());
      if (ask) {
        consent(fleet);
        fleet.consent(agenda.get().digest());
      }
    }
    FleetWorkflow.Result result = result(fleet);
    if (!result.agreed()) {
      throw new NewleafException(
          new Failure.Refused(
              new Explanation(
                  "NL5311",
                  result.digest(),
                  "was not agreed to within an hour; nothing was changed.",
                  "Run: newleaf apply --on temporal")));
    }
    if (result.shares().isEmpty()) {
      print(agenda.map(Agenda::text).orElse("Nothing is due.\n"));
      return ExitCode.OK;
    }
    say("");
    say(
        "%s on Temporal now, in namespace %s. Safe to leave: Ctrl-C ends this view only."
            .formatted(Words.count(result.shares().size(), "rotation"), control.namespace()));
    return follow(engine, result.shares());
  }

  /// Nobody else is asked in vain.
  private void consent(Fleet fleet) {
    try {
      options.consent().run();
    } catch (NewleafException e) {
      fleet.withdraw();
      throw e;
    }
  }

  private ExitCode follow(Engine engine, List<String> shares) throws InterruptedException {
    Following following =
        new Following(
            terminal, shares.stream().map(engine::rotation).toList(), options.waitGates());
    return following.toTheEnd(options.detailed());
  }

  private Optional<Agenda> agenda(Fleet fleet) throws InterruptedException {
    Instant start = terminal.clock().instant();
    boolean told = false;
    while (true) {
      Optional<Agenda> agenda = fleet.agenda();
      if (agenda.isPresent()) {
        return agenda;
      }
      if (fleet.ended().isPresent()) {
        return fleet.agenda();
      }
      if (!told && terminal.clock().instant().isAfter(start.plus(PLANNING))) {
        told = true;
        say(
            "Waiting for a plan. Is a worker running? Start one with: newleaf worker -f "
                + desired.file());
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private static FleetWorkflow.Result result(Fleet fleet) {
    while (true) {
      Optional<FleetWorkflow.Result> result = fleet.result(Duration.ofMinutes(1));
      if (result.isPresent()) {
        return result.get();
      }
    }
  }

  private void print(String text) {
    terminal.out().print(text);
    terminal.out().flush();
  }

  private void say(String line) {
    print(line + "\n");
  }
}
