package newleaf.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Applier;
import newleaf.apply.ApplyEvent;
import newleaf.apply.ApprovedPlan;
import newleaf.apply.ApprovedPlan.Verdict;
import newleaf.apply.Ending;
import newleaf.apply.Pace;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.Outcome;
import newleaf.journal.PlanFile;
import newleaf.observed.JournalPosition;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Step;
import newleaf.report.PlanDiff;
import newleaf.report.SummaryText;
import newleaf.report.Words;

/// One apply, under the lock: looks after what an earlier run left, plans, holds the plan against
/// what was approved, carries it out and says what is left.
final class ApplyRun {
  record Options(
      Approval approval,
      Set<String> approvedGates,
      Duration waitGates,
      boolean detailed,
      Pace pace,
      int requestsPerSecond) {}

  /// What is done, and the digest of the plan that it is a part of.
  private record Approved(Plan plan, String digest) {}

  private final Session session;
  private final Wiring wiring;
  private final Journal journal;
  private final Options options;
  private final Consumer<ApplyEvent> events;
  private final AtomicInteger done = new AtomicInteger();
  private final List<Ending.Failed> failed = new ArrayList<>();

  ApplyRun(
      Session session,
      Wiring wiring,
      Journal journal,
      Options options,
      Consumer<ApplyEvent> events) {
    this.session = session;
    this.wiring = wiring;
    this.journal = journal;
    this.options = options;
    this.events = events;
  }

  ExitCode run() {
    JournalPosition before = journal.position();
    List<Entry> history = journal.entries();
    Applier applier =
        new Applier(
            wiring.ports(),
            wiring.crew(),
            journal,
            new Applier.Options(
                wiring.runName(),
                options.waitGates(),
                options.approvedGates(),
                session.user(),
                options.pace()),
            this::count);
    Memory memory = Memory.open(session.terminal(), session.desired(), session.state(), journal);
    resume(applier);
    Observed observed = session.observe(wiring.observer(), journal);
    memory.keep(observed, journal);
    Optional<ApprovedPlan> saved = saved(history).map(p -> new ApprovedPlan(p, before, history));
    Plan now = session.plan(observed, observed.at(), saved.flatMap(s -> s.plan().rollback()));
    Optional<Approved> approved = approve(now, saved);
    if (approved.isPresent() && !now.applyable()) {
      return ExitCode.REFUSED;
    }
    if (approved.isEmpty() || approved.get().plan().isEmpty()) {
      return failed.isEmpty() ? ExitCode.OK : failed();
    }
    try {
      return carryOut(applier, approved.get());
    } finally {
      remember(memory);
    }
  }

  private void resume(Applier applier) {
    failed.addAll(applier.resume());
    if (!failed.isEmpty() && options.pace().onFailure() == Pace.OnFailure.STOP) {
      failed.stream()
          .skip(1)
          .forEach(f -> session.terminal().err().print(FailureText.of(f.failure())));
      throw new NewleafException(failed.getFirst().failure());
    }
  }

  /// Also after a failure, when the peers still answer; that failure is what the user hears of.
  private void remember(Memory memory) {
    if (wiring.stop().asked()) {
      return;
    }
    try {
      Observed after = session.observe(wiring.observer(), journal);
      wiring.fence().check(); // whoever took over writes snapshots of his own
      memory.keep(after, journal);
    } catch (NewleafException e) {
      complain(
          "The world could not be looked at once more, so drift compares with the snapshot before: "
              + e.getMessage());
    }
  }

  private void complain(String line) {
    session.terminal().err().println(Words.safe(line));
    session.terminal().err().flush();
  }

  private void count(ApplyEvent event) {
    if (event instanceof ApplyEvent.StepEnded(_, var outcome, _)
        && !(outcome instanceof Outcome.Failed)) {
      done.incrementAndGet();
    }
    events.accept(event);
  }

  /// The plan that was approved, where it is at hand.
  private Optional<Plan> saved(List<Entry> history) {
    return switch (options.approval()) {
      case Approval.OfWhatIsPlanned _ -> Optional.empty();
      case Approval.OfFile(var file) -> Optional.of(PlanFile.read(file));
      case Approval.OfDigest(var digest) -> PlanFile.find(session.state().documents(), digest);
      case Approval.OfBegun() ->
          ApprovedPlan.lastBegun(history)
              .flatMap(d -> PlanFile.find(session.state().documents(), d));
    };
  }

  private Optional<Approved> approve(Plan now, Optional<ApprovedPlan> saved) {
    return switch (options.approval()) {
      case Approval.OfWhatIsPlanned(var confirm) -> {
        print(now);
        if (now.applyable() && !now.isEmpty()) {
          confirm.run();
        }
        yield Optional.of(new Approved(now, now.digest()));
      }
      case Approval.OfFile _ -> {
        PlanFile.keep(session.state().documents(), saved.orElseThrow().plan());
        yield saved.map(plan -> held(now, plan));
      }
      case Approval.OfDigest(var digest) -> Optional.of(expected(now, digest, saved));
      case Approval.OfBegun() -> {
        if (saved.isEmpty()) {
          say("No plan was begun. Next: newleaf plan -f " + session.desired().file());
        }
        yield saved.map(plan -> held(now, plan));
      }
    };
  }

  private Approved expected(Plan now, String digest, Optional<ApprovedPlan> saved) {
    if (now.digest().equals(digest)) {
      print(now);
      return new Approved(now, digest);
    }
    return saved
        .map(kept -> held(now, kept))
        .orElseThrow(() -> {
          print(now);
          return stale(
              new Explanation(
                  "NL5205",
                  "--expect",
                  "the plan above is what would be done now; it has the digest %s."
                      .formatted(now.digest()),
                  "Look at it, then run: newleaf apply --expect " + now.digest()));
        });
  }

  private Approved held(Plan now, ApprovedPlan approved) {
    return switch (approved.on(now, session.terminal().clock().instant())) {
      case Verdict.Stale(var why, var differs) -> {
        if (differs) {
          session.terminal().out().print(PlanDiff.of(approved.plan(), now));
          session.terminal().out().flush();
        }
        throw stale(why);
      }
      case Verdict.Go(var plan, var others) -> {
        print(plan);
        tell(others);
        yield new Approved(plan, approved.plan().digest());
      }
    };
  }

  private void tell(List<Step> others) {
    if (!others.isEmpty()) {
      say(
          "%s due that the approved plan does not hold; see: newleaf plan -f %s"
              .formatted(
                  others.size() == 1 ? "1 step is" : others.size() + " steps are",
                  session.desired().file()));
    }
  }

  private static NewleafException stale(Explanation why) {
    return new NewleafException(new Failure.Stale(why));
  }

  private ExitCode carryOut(Applier applier, Approved approved) {
    if (approved.digest().equals(approved.plan().digest())) {
      PlanFile.keep(session.state().documents(), approved.plan());
    }
    Instant start = session.terminal().clock().instant();
    int of = approved.plan().steps().size();
    try {
      Applier.Result result = applier.apply(approved.plan(), approved.digest());
      failed.addAll(result.failures());
      return end(
          new Ending(
              result.done(), of, failed, result.waiting(), result.heldBack(), tookSince(start)));
    } catch (NewleafException e) { // what ends a run is told by whoever called it
      events.accept(
          new ApplyEvent.RunEnded(
              new Ending(done.get(), of, List.of(), List.of(), List.of(), tookSince(start))));
      throw e;
    }
  }

  /// With one failure and nothing done the run ends as that failure does.
  private ExitCode failed() {
    if (failed.size() == 1 && done.get() == 0) {
      throw new NewleafException(failed.getFirst().failure());
    }
    failed.forEach(f -> session.terminal().err().print(FailureText.of(f.failure())));
    session.terminal().err().flush();
    return code();
  }

  private ExitCode code() {
    return ExitCode.ofAll(failed.stream().map(Ending.Failed::failure).toList(), done.get() > 0);
  }

  private Duration tookSince(Instant start) {
    return Duration.between(start, session.terminal().clock().instant());
  }

  private ExitCode end(Ending ending) {
    events.accept(new ApplyEvent.RunEnded(ending));
    String text = SummaryText.of(ending, session.desired().file());
    if (!ending.failed().isEmpty()) {
      session.terminal().err().print(text);
      session.terminal().err().flush();
      return code();
    }
    say("");
    session.terminal().out().print(text);
    session.terminal().out().flush();
    return options.detailed() && !ending.waiting().isEmpty() ? ExitCode.WAITING : ExitCode.OK;
  }

  private void print(Plan plan) {
    session.output().print(plan, Format.TEXT);
  }

  private void say(String line) {
    session.terminal().out().println(line);
    session.terminal().out().flush();
  }
}
