package newleaf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import newleaf.apply.Applier;
import newleaf.apply.ApplyEvent;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.RunLock;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Scopes;
import newleaf.report.GateText;
import newleaf.report.PlanText;

/// One run on one file: `plan` observes and plans; `apply` takes the lock, looks after what an
/// earlier run left, observes, plans, asks and carries out.
record Session(Terminal terminal, Desired desired, Path base, Path state) {

  Session(Terminal terminal, Desired desired, Path base) {
    this(terminal, desired, base, base.resolve(".newleaf"));
  }

  Session on(Path stateFolder) {
    return new Session(terminal, desired, base, stateFolder);
  }

  Plan plan() {
    Journal journal = Journal.open(state, terminal.clock());
    try (Wiring wiring = new Wiring(terminal, desired, base)) {
      return plan(wiring, journal);
    }
  }

  /// @param confirm throws when nobody says yes
  ExitCode apply(
      Runnable confirm,
      Set<String> approvals,
      Duration waitGates,
      Consumer<ApplyEvent> events,
      boolean detailed) {
    try (RunLock _ = RunLock.take(state, holder());
        Wiring wiring = new Wiring(terminal, desired, base)) {
      Journal journal = Journal.open(state, terminal.clock());
      Applier applier =
          new Applier(
              wiring.ports(),
              journal,
              new Applier.Options(wiring.runName(), waitGates, approvals, user()),
              events);
      applier.resume();
      Plan plan = plan(wiring, journal);
      terminal.out().print(PlanText.of(plan));
      terminal.out().flush();
      if (!plan.applyable()) {
        return ExitCode.REFUSED;
      }
      if (plan.isEmpty()) {
        return ExitCode.OK;
      }
      confirm.run();
      return report(applier.apply(plan), detailed);
    }
  }

  private Plan plan(Wiring wiring, Journal journal) {
    Instant asOf = terminal.clock().instant();
    return Planner.plan(
        desired, wiring.observer().observe(Scopes.of(desired), journal.recorded(), asOf), asOf);
  }

  /// The issuance ledger.
  List<Fingerprint> issuedLeaves() {
    return Journal.open(state, terminal.clock()).entries().stream()
        .<Fingerprint>mapMulti((entry, out) -> {
          if (entry instanceof Entry.LeafIssued issued) {
            out.accept(issued.leaf());
          }
        })
        .toList();
  }

  private ExitCode report(Applier.Result result, boolean detailed) {
    terminal.out().printf("%nApplied %d of %d steps.%n", result.done(), result.of());
    result.waiting().forEach(gate -> terminal.out().println("Waiting: " + GateText.of(gate)));
    if (!result.waiting().isEmpty()) {
      terminal.out().println("The rest goes on with the next: newleaf apply -f " + desired.file());
    }
    terminal.out().flush();
    return detailed && !result.waiting().isEmpty() ? ExitCode.WAITING : ExitCode.OK;
  }

  private String user() {
    return terminal.variable("USER").orElse("unknown");
  }

  private String holder() {
    return "apply of %s by %s, process %d, since %s"
        .formatted(
            desired.file(), user(), ProcessHandle.current().pid(), terminal.clock().instant());
  }
}
