package newleaf.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import newleaf.apply.ApplyEvent;
import newleaf.apply.Ending;
import newleaf.apply.Progress;
import newleaf.journal.Outcome;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import newleaf.plan.Reason;
import newleaf.plan.Step;

/// An apply of two rotations beside each other, on virtual time: what happened when.
final class Runs {
  record At(Duration after, ApplyEvent event) {}

  static final Instant START = Samples.NOW;
  static final Step ISSUE = step(1, Samples.NORMAL.actions().get(0));
  static final Step TRUST = step(2, Samples.NORMAL.actions().get(1));
  static final Step ROLL = step(3, roll("payments"));
  static final Step OTHER = step(4, roll("billing"));
  static final Step RETIRE = step(5, Samples.NORMAL.actions().get(9));
  static final Gate.Soak GATE =
      new Gate.Soak(
          "soak/ca/booking-g1",
          List.of("s3"),
          List.of("s5"),
          Duration.ofMinutes(2),
          Optional.of(START.plusSeconds(100)));

  private Runs() {}

  private static Step step(int number, Action action) {
    return Samples.step("s" + number, "booking", action, new Reason.Missing());
  }

  private static Action roll(String name) {
    return new Action.RollWorker(
        new Action.Target(
            name,
            new LeafPlace.Secret(name, "temporal-tls"),
            List.of(name + ".a1b2c"),
            Optional.of(WorkerRef.deployment(name, "temporal-worker")),
            Optional.of(name)));
  }

  static Plan plan() {
    return Samples.NORMAL.plan(List.of(ISSUE, TRUST, ROLL, OTHER, RETIRE), List.of(GATE));
  }

  /// Two roll-outs at once, of which one gets stuck, then a gate.
  static List<At> interleaved() {
    Runs run = new Runs();
    run.at(0, new ApplyEvent.PlanStarted(plan()));
    run.at(0, new ApplyEvent.StepStarted(ISSUE, 1, 5));
    run.at(700, new ApplyEvent.Noted(ISSUE, "CN=Booking CA G2,O=Temporal, ba0da51a"));
    run.at(700, new ApplyEvent.StepEnded(ISSUE, new Outcome.Done(), Duration.ofMillis(700)));
    run.at(700, new ApplyEvent.StepStarted(TRUST, 2, 5));
    run.at(900, new ApplyEvent.Progressed(TRUST, new Progress.Accepted("newleaf-530544d540cc-s2")));
    run.at(4100, proving(1));
    run.at(4300, proving(3));
    run.at(4300, new ApplyEvent.Proved(TRUST, "a leaf of ca/booking-g2 accepted"));
    run.at(4400, new ApplyEvent.Proved(TRUST, "a stranger's leaf refused"));
    run.at(4400, new ApplyEvent.StepEnded(TRUST, new Outcome.Done(), Duration.ofMillis(3700)));
    run.at(4400, new ApplyEvent.StepStarted(ROLL, 3, 5));
    run.at(4500, new ApplyEvent.StepStarted(OTHER, 4, 5));
    run.at(5000, new ApplyEvent.Progressed(ROLL, new Progress.Pods(0, 3)));
    run.at(5100, new ApplyEvent.Progressed(OTHER, new Progress.Pods(0, 12)));
    run.at(20_000, new ApplyEvent.Progressed(ROLL, new Progress.Pods(1, 3)));
    run.at(61_000, new ApplyEvent.Progressed(OTHER, new Progress.Pods(7, 12)));
    run.at(66_000, new ApplyEvent.Proved(ROLL, "every pod (3) was started for leaf ddaf0c69"));
    run.at(66_500, new ApplyEvent.Progressed(ROLL, new Progress.Polling(2, 3, "payments")));
    run.at(67_000, new ApplyEvent.Proved(ROLL, "every pod (3) polls task queue payments"));
    run.at(67_000, new ApplyEvent.StepEnded(ROLL, new Outcome.Done(), Duration.ofMillis(62_600)));
    run.at(70_000, stuck());
    run.at(100_000, new ApplyEvent.GateWaiting(GATE, START.plusSeconds(220)));
    run.at(220_000, new ApplyEvent.GatePassed(GATE));
    run.at(220_000, new ApplyEvent.StepStarted(RETIRE, 5, 5));
    run.at(
        221_000, new ApplyEvent.StepEnded(RETIRE, new Outcome.AlreadySo(), Duration.ofSeconds(1)));
    run.at(221_000, new ApplyEvent.RunEnded(ending()));
    return run.all;
  }

  private static ApplyEvent proving(int inARow) {
    return new ApplyEvent.Progressed(
        TRUST, new Progress.Proving("a leaf of ca/booking-g2 accepted", inARow, 3, "accepted"));
  }

  private static ApplyEvent stuck() {
    return new ApplyEvent.StepEnded(
        OTHER, new Outcome.Failed(failure().line()), Duration.ofMillis(65_500));
  }

  static newleaf.Failure failure() {
    return new newleaf.Failure.Refused(
        new newleaf.Explanation(
            "NL5102",
            "deployment/billing/temporal-worker",
            "the roll-out does not complete: ImagePullBackOff.",
            "Repair the Deployment, then run: newleaf apply"));
  }

  static Ending ending() {
    return new Ending(
        4,
        5,
        List.of(new Ending.Failed(OTHER, failure())),
        List.of(),
        List.of(),
        Duration.ofSeconds(221));
  }

  private final List<At> all = new ArrayList<>();

  private void at(long millis, ApplyEvent event) {
    all.add(new At(Duration.ofMillis(millis), event));
  }
}
