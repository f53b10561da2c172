package newleaf.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import newleaf.apply.ApplyEvent;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.PlanFile;
import newleaf.observed.Observed;
import newleaf.observed.Observer;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.plan.Rollback;
import newleaf.plan.Scopes;

/// One run on one file: where it is, and where its state is.
record Session(Terminal terminal, Desired desired, Path base, State state)
    implements AutoCloseable {

  Session(Terminal terminal, Desired desired, Path base) {
    this(terminal, desired, base, State.of(terminal, desired, base));
  }

  static Session of(Terminal terminal, Inputs inputs) {
    Desired desired = inputs.desired(terminal);
    return new Session(terminal, desired, inputs.base(terminal), inputs.state(terminal, desired));
  }

  PlanOutput output() {
    return new PlanOutput(terminal, Optional.empty(), Optional.empty());
  }

  Plan plan() {
    return plan(terminal.clock().instant());
  }

  /// Where there is a state folder the plan is kept in it, so that `apply --expect` can compare.
  Plan plan(Instant asOf) {
    return planned(observed -> plan(observed, asOf));
  }

  /// The way back, or forward again; `apply` carries it out like any plan.
  Plan rollback(Function<Observed, Rollback> target) {
    return planned(observed -> plan(observed, observed.at(), Optional.of(target.apply(observed))));
  }

  private Plan planned(Function<Observed, Plan> planner) {
    Journal journal = state.journal(terminal.clock());
    try (Reading reading = new Reading(terminal, desired, base)) {
      Plan plan = planner.apply(observe(reading.observer(), journal));
      if (!plan.isEmpty() && state.keepsPlans()) {
        PlanFile.keep(state.documents(), plan);
      }
      return plan;
    }
  }

  /// What somebody else looked at, perhaps where this run has no credentials for it.
  Plan plan(Observed observed, Instant asOf) {
    return plan(observed, asOf, Optional.empty());
  }

  Plan plan(Observed observed, Instant asOf, Optional<Rollback> wish) {
    return Planner.plan(desired, observed, asOf, wish);
  }

  Observed observe(Observer observer, Journal journal) {
    return observer.observe(Scopes.of(desired), journal.recorded(), terminal.clock().instant());
  }

  ExitCode apply(ApplyRun.Options options, StopSignal stop, Consumer<ApplyEvent> events) {
    try (StateLock held = StateLock.take(terminal, state, "apply of " + desired.file());
        Wiring wiring =
            new Wiring(
                terminal,
                desired,
                base,
                new Wiring.Limits(stop, options.requestsPerSecond()),
                held.lock())) {
      Journal journal = state.journal(terminal.clock(), held.lock());
      ExitCode code = new ApplyRun(this, wiring, journal, options, events).run();
      Memory.tidy(terminal, state, journal);
      return code;
    }
  }

  /// The issuance ledger.
  List<Fingerprint> issuedLeaves() {
    return state.journal(terminal.clock()).entries().stream()
        .<Fingerprint>mapMulti((entry, out) -> {
          if (entry instanceof Entry.LeafIssued issued) {
            out.accept(issued.leaf());
          }
        })
        .toList();
  }

  String user() {
    return StateLock.user(terminal);
  }

  @Override
  public void close() {
    state.close();
  }
}
