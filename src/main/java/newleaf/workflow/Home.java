package newleaf.workflow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.ApplyEvent;
import newleaf.apply.ApprovedPlan;
import newleaf.apply.Reach;
import newleaf.journal.Entry;
import newleaf.journal.Outcome;
import newleaf.journal.PlanFile;
import newleaf.json.Json;
import newleaf.plan.Action;
import newleaf.plan.Plan;
import newleaf.plan.Shares;
import newleaf.plan.Step;
import newleaf.workflow.HomeActivities.Done;
import newleaf.workflow.HomeActivities.Look;
import newleaf.workflow.HomeActivities.Window;

/// What activities do, where the state is: under its lock, with the steps of a local run.
final class Home {
  /// Steps that a workflow is given at once. A payload of more than 2 MB is refused by the service
  /// (documented limit), and a history has to hold each step twice.
  private static final int STEPS = 100;

  private static final int BYTES = 500_000;
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

  Window look(Look look, Consumer<String> heard) throws InterruptedException {
    return runs.during(run -> {
      run.shared()
          .resume(
              begun -> Shares.concerns(look.share(), begun.step()),
              event -> words(event).ifPresent(heard));
      Plan now = plans.of(run.planner()::plan);
      return now.applyable()
          ? window(run, look, now)
          : stuck(List.of(), Optional.of(blocked(now).getMessage()));
    });
  }

  private static Window stuck(List<Step> steps, Optional<String> why) {
    return new Window(steps, List.of(), Optional.empty(), false, why);
  }

  private Window window(Runs.Open run, Look look, Plan now) {
    Plan approved = look.digest().equals(now.digest()) ? now : kept(run, look.digest());
    return switch (ApprovedPlan.goingOn(approved, now)) {
      case ApprovedPlan.Verdict.Stale(var why, _) -> stuck(List.of(), Optional.of(why.toString()));
      case ApprovedPlan.Verdict.Go(var plan, var others) -> {
        if (!others.isEmpty()) { // soaks begin also before what nobody said yes to yet
          Reach _ = Reach.of(now, share(now, look), run.journal(), run.time());
        }
        List<Step> mine = share(plan, look);
        Reach reach = Reach.of(plan, mine, run.journal(), run.time());
        yield new Window(
            first(reach.steps()),
            reach.holding(),
            reach.opens(),
            reach.elsewhere(),
            isDone(approved, share(now, look)) ? Optional.empty() : unapproved(others, look));
      }
    };
  }

  private static List<Step> share(Plan plan, Look look) {
    return plan.steps().stream().filter(s -> Shares.concerns(look.share(), s)).toList();
  }

  /// Nothing is left of what somebody said yes to; the rest is for another plan.
  private static boolean isDone(Plan approved, List<Step> left) {
    Set<Action> yes = approved.steps().stream().map(Step::action).collect(Collectors.toSet());
    return left.stream().map(Step::action).noneMatch(yes::contains);
  }

  /// In the way of what somebody said yes to.
  private static Optional<String> unapproved(List<Step> others, Look look) {
    return others.stream()
        .filter(s -> Shares.concerns(look.share(), s))
        .findFirst()
        .map(s ->
            "nobody said yes to: %s %s. Look at it and say yes with: newleaf apply --on temporal"
                .formatted(s.verb(), s.address()));
  }

  private static List<Step> first(List<Step> steps) {
    List<Step> first = new ArrayList<>();
    int bytes = 0;
    for (Step step : steps) {
      bytes += Json.line(step).getBytes(StandardCharsets.UTF_8).length;
      if (!first.isEmpty() && (bytes > BYTES || first.size() == STEPS)) {
        return first;
      }
      first.add(step);
    }
    return first;
  }

  /// @param attempt of this try, new in the journal
  /// @param heard what happens meanwhile
  Done carryOut(HomeActivities.Task task, String attempt, Consumer<String> heard)
      throws InterruptedException {
    Step step = task.step();
    return runs.during(run -> {
      mustBeOf(kept(run, task.digest()), step, run);
      List<String> said = new ArrayList<>();
      Instant start = run.time().instant();
      Outcome outcome =
          run.shared()
              .carryOut(
                  attempt,
                  step,
                  event ->
                      words(event)
                          .ifPresent(what -> {
                            said.add(what);
                            heard.accept(step.address() + ": " + what);
                          }));
      Duration took = Duration.between(start, run.time().instant());
      runs.say(
          "%-8s %s: %s after %d s"
              .formatted(step.verb(), step.address(), word(outcome), took.toSeconds()));
      return new Done(outcome, took, said);
    });
  }

  /// Whoever can write to the Temporal namespace could ask for any step. It has to be one that
  /// somebody said yes to, and its gates have to be open.
  private static void mustBeOf(Plan approved, Step step, Runs.Open run) {
    if (!Reach.permits(approved, step, run.journal().recorded(), run.time().instant())) {
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

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "done";
      case Outcome.AlreadySo _ -> "was so already";
      case Outcome.Failed(var why) -> "failed: " + why;
      case Outcome.Abandoned _ -> "had no effect";
    };
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
