package newleaf.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.ApplyEvent;
import newleaf.apply.ApprovedPlan;
import newleaf.apply.Reach;
import newleaf.journal.Entry;
import newleaf.journal.Outcome;
import newleaf.journal.PlanFile;
import newleaf.plan.Plan;
import newleaf.plan.Shares;
import newleaf.plan.Step;
import newleaf.workflow.HomeActivities.Done;
import newleaf.workflow.HomeActivities.Look;
import newleaf.workflow.HomeActivities.Window;

/// What activities do, where the state is: under its lock, with the steps of a local run.
final class Home {
  /// Steps that a workflow is given at once; a history has to hold each of them twice.
  private static final int STEPS = 100;

  private static final int TEXT = 200_000;

  private final Runs runs;
  private final Plans plans = new Plans();
  private Optional<Plan> last = Optional.empty();

  Home(Runs runs) {
    this.runs = runs;
  }

  FleetWorkflow.Agenda plan(HomeActivities.Ask ask) throws InterruptedException {
    return runs.during(run -> {
      Plan plan = plans.of(run.planner()::plan);
      ask.expect().filter(digest -> !digest.equals(plan.digest())).ifPresent(_ -> differs(plan));
      if (!plan.applyable()) {
        throw blocked(plan);
      }
      PlanFile.keep(run.documents(), plan);
      return new FleetWorkflow.Agenda(
          plan.digest(), cut(runs.text(plan)), List.copyOf(Shares.of(plan).keySet()));
    });
  }

  static String cut(String text) {
    return text.length() <= TEXT
        ? text
        : text.substring(0, text.lastIndexOf('\n', TEXT) + 1)
            + "... and more; see all of it with newleaf on a command line\n";
  }

  void begin(HomeActivities.Consent consent, String name) throws InterruptedException {
    runs.during(run -> {
      Plan plan = kept(run, consent.digest());
      run.journal()
          .append(new Entry.RunStarted(name, plan.file(), plan.desiredDigest(), plan.digest()));
      return plan;
    });
  }

  /// The one that was asked for last is read once.
  private synchronized Plan kept(Runs.Open run, String digest) {
    if (last.filter(p -> p.digest().equals(digest)).isEmpty()) {
      last = Optional.of(read(run, digest));
    }
    return last.orElseThrow();
  }

  private static Plan read(Runs.Open run, String digest) {
    return PlanFile.find(run.documents(), digest)
        .orElseThrow(() ->
            new NewleafException(
                new Failure.Damaged(
                    new Explanation(
                        "NL5302",
                        digest,
                        "is a plan that somebody said yes to, and it is not in the state any more.",
                        "Plan anew with: newleaf apply --on temporal"))));
  }

  Window look(Look look) throws InterruptedException {
    return runs.during(run -> {
      run.shared().resume(begun -> Shares.concerns(look.share(), begun.step()), _ -> {});
      Plan now = plans.of(run.planner()::plan);
      return now.applyable() ? window(run, look, now) : stuck(blocked(now).getMessage());
    });
  }

  private static Window stuck(String why) {
    return new Window(List.of(), List.of(), Optional.empty(), false, Optional.of(why));
  }

  private Window window(Runs.Open run, Look look, Plan now) {
    Plan approved = look.digest().equals(now.digest()) ? now : kept(run, look.digest());
    return switch (ApprovedPlan.goingOn(approved, now)) {
      case ApprovedPlan.Verdict.Stale(var why, _) -> stuck(why.toString());
      case ApprovedPlan.Verdict.Go(var plan, var others) -> {
        List<Step> left = share(now, look);
        if (!others.isEmpty()) { // soaks begin also before what nobody said yes to yet
          Reach _ = Reach.of(now, left, run.journal(), run.time());
        }
        Reach reach = Reach.of(plan, share(plan, look), run.journal(), run.time());
        yield new Window(
            Portion.of(reach.steps().subList(0, Math.min(STEPS, reach.steps().size()))),
            reach.holding(),
            reach.opens(),
            reach.elsewhere(),
            inTheWay(left, others));
      }
    };
  }

  private static List<Step> share(Plan plan, Look look) {
    return plan.steps().stream().filter(s -> Shares.concerns(look.share(), s)).toList();
  }

  /// Steps that nobody said yes to hold back others that somebody did. Where none of those is left,
  /// the rest is for another plan.
  private static Optional<String> inTheWay(List<Step> left, List<Step> others) {
    Set<Step> unapproved = new HashSet<>(others);
    return unapproved.containsAll(left)
        ? Optional.empty()
        : left.stream().filter(unapproved::contains).findFirst().map(Home::nobodySaidYes);
  }

  private static String nobodySaidYes(Step step) {
    return "nobody said yes to: %s %s. Look at it and say yes with: newleaf apply --on temporal"
        .formatted(step.verb(), step.address());
  }

  /// @param attempt of this try, new in the journal
  Done carryOut(HomeActivities.Task task, String attempt) throws InterruptedException {
    Step step = task.step();
    return runs.during(run -> {
      mustBeOf(kept(run, task.digest()), step, run);
      List<String> said = new ArrayList<>();
      Instant start = run.time().instant();
      Outcome outcome =
          run.shared().carryOut(attempt, step, event -> words(event).ifPresent(said::add));
      Duration took = Duration.between(start, run.time().instant());
      runs.say(
          "%-8s %s: %s after %d s"
              .formatted(step.verb(), step.address(), outcome.text(), took.toSeconds()));
      return new Done(outcome, took, said);
    });
  }

  /// Whoever can write to the Temporal namespace could ask for any step. It has to be one that
  /// somebody said yes to, and its gates have to be open.
  private static void mustBeOf(Plan approved, Step step, Runs.Open run) {
    if (!Reach.permits(approved, step, run.journal()::recorded, run.time().instant())) {
      throw new NewleafException(
          new Failure.Refused(
              new Explanation(
                  "NL5308",
                  step.address(),
                  "was to be changed by a step (%s) that is not in the plan %s, or not yet."
                      .formatted(step.verb(), approved.digest()),
                  "Find out who starts workflows in the Temporal namespace; then run: newleaf"
                      + " plan")));
    }
  }

  void say(String what) {
    runs.say(what);
  }

  /// What a person should know of it.
  private static Optional<String> words(ApplyEvent event) {
    return switch (event) {
      case ApplyEvent.Proved(_, var what) -> Optional.of("proven: " + what);
      case ApplyEvent.Noted(_, var what) -> Optional.of(what);
      default -> Optional.empty();
    };
  }

  void approve(RotationWorkflow.Approval approval) throws InterruptedException {
    runs.during(run -> {
      String who =
          approval.reason().isEmpty()
              ? approval.who()
              : approval.who() + " (" + approval.reason() + ")";
      if (!run.journal().recorded().approvals().contains(approval.gate())) {
        run.journal().append(new Entry.Approved(approval.gate(), who));
      }
      return who;
    });
  }

  HomeActivities.Drift compare(HomeActivities.Compare compare) {
    HomeActivities.Drift drift = runs.drift(compare);
    return new HomeActivities.Drift(drift.changed(), drift.atRisk(), cut(drift.text()));
  }

  private static void differs(Plan plan) {
    throw new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL5205",
                "--expect",
                "what would be done now is another plan; it has the digest %s."
                    .formatted(plan.digest()),
                "Look at it (newleaf plan), then run: newleaf apply --on temporal --expect "
                    + plan.digest())));
  }

  private static NewleafException blocked(Plan plan) {
    return new NewleafException(new Failure.Refused(plan.blockers().getFirst().text()));
  }
}
