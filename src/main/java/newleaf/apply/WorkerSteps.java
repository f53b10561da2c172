package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import newleaf.cert.Fingerprint;
import newleaf.journal.Outcome;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import newleaf.observed.WorkerRef;
import newleaf.plan.Action;
import newleaf.plan.Action.Target;

/// Bringing workers onto the leaf that lies at their place, and seeing that they are.
record WorkerSteps(Ports ports, World world, Pollers pollers) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /// Kubernetes takes a moment to see a change of a template.
  private static final int LOOKS_AT_REST = 20;

  private static final Duration ROLL_LIMIT = Duration.ofMinutes(20);

  /// The kubelet's sync period and cache, and a margin: mounted files follow a Secret within this.
  private static final Duration RELOAD_TIME = Duration.ofMinutes(2);

  /// The leaf that pods are to be on.
  ///
  /// @param writtenAt only where pods bear no mark of it
  private record Wanted(Fingerprint leaf, Optional<Instant> writtenAt) {
    boolean isOn(ObservedWorker worker, ObservedWorker.Pod pod) {
      return worker.restartedFor(pod, leaf, writtenAt);
    }
  }

  private Wanted wanted(Target target) {
    boolean marked = target.deployment().orElseThrow().kind().marksPods();
    return new Wanted(
        world.heldAt(target.place()).fingerprint(),
        marked ? Optional.empty() : world.writtenAt(target.place()));
  }

  Outcome roll(Action.RollWorker action, Attempt attempt) {
    WorkerRef worker = action.target().deployment().orElseThrow();
    Wanted wanted = wanted(action.target());
    boolean already = settled(look(action.target()), wanted);
    if (!already) {
      ports.rolls().roll(worker, wanted.leaf());
      await(action.target(), wanted, attempt);
    }
    verify(action.target(), wanted, attempt);
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  Outcome scale(Action.ScaleWorker action, Attempt attempt) {
    WorkerRef worker = action.target().deployment().orElseThrow();
    Wanted wanted = wanted(action.target());
    ports.rolls().scaleBack(worker); // an earlier run may have been stopped in between
    ObservedWorker now = look(action.target());
    boolean already = settled(now, wanted);
    if (!already && now.pods().stream().allMatch(p -> wanted.isOn(now, p))) {
      ports.rolls().roll(worker, wanted.leaf()); // nobody has to stop for it
    } else if (!already) {
      toZeroAndBack(action.target(), wanted.leaf(), attempt);
    }
    if (!already) {
      await(action.target(), wanted, attempt);
    }
    verify(action.target(), wanted, attempt);
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  /// Whatever keeps the pods from going, they have to come back.
  private void toZeroAndBack(Target target, Fingerprint leaf, Attempt attempt) {
    WorkerRef worker = target.deployment().orElseThrow();
    try {
      ports.rolls().scaleToZero(worker, leaf);
      wait(
          target,
          attempt,
          now -> now.pods().isEmpty(),
          now -> new Progress.PodsLeft(now.pods().size()));
    } finally {
      ports.rolls().scaleBack(worker);
    }
  }

  Outcome reload(Action.AwaitReload action, Attempt attempt) {
    attempt.progress(
        new Progress.TimeGiven("mounted files follow", ports.time().instant().plus(RELOAD_TIME)));
    Waiting.pause(ports.time(), action.address(), RELOAD_TIME);
    pollers.poll(action.target(), List.of(), ports.time().instant().minus(RELOAD_TIME), attempt);
    return new Outcome.Done();
  }

  /// Every pod runs, is ready and was started for this leaf, and nothing of a roll-out is left to
  /// do.
  private static boolean settled(ObservedWorker now, Wanted wanted) {
    return now.rolledOut()
        && now.pods().size() == now.replicas()
        && now.pods().stream().allMatch(p -> p.ready() && wanted.isOn(now, p));
  }

  /// Whoever owns the workload (a GitOps controller, an operator) may put its template back; then
  /// it is at rest, and no pod was started for the leaf.
  private static boolean takenBack(ObservedWorker now, Wanted wanted) {
    return now.rolledOut()
        && !now.pods().isEmpty()
        && now.pods().stream().noneMatch(p -> wanted.isOn(now, p));
  }

  private void await(Target target, Wanted wanted, Attempt attempt) {
    int[] atRest = {0};
    wait(
        target,
        attempt,
        now -> {
          atRest[0] = takenBack(now, wanted) ? atRest[0] + 1 : 0;
          if (atRest[0] == LOOKS_AT_REST) {
            throw Failures.takenBack(target.address());
          }
          return settled(now, wanted);
        },
        now ->
            new Progress.Pods(
                (int) now.pods().stream().filter(p -> p.ready() && wanted.isOn(now, p)).count(),
                now.replicas()));
  }

  private void wait(
      Target target,
      Attempt attempt,
      Predicate<ObservedWorker> done,
      Function<ObservedWorker, Progress> progress) {
    Changes<Progress> changes = new Changes<>(attempt::progress);
    Optional<ObservedWorker> settled =
        new Waiting(ports.time(), LOOK_EVERY, ROLL_LIMIT)
            .until(
                target.address(),
                () -> {
                  ObservedWorker now = look(target);
                  changes.to(progress.apply(now));
                  if (done.test(now)) {
                    return Optional.of(now);
                  }
                  now.stuck()
                      .ifPresent(why -> {
                        throw Failures.stuck(target.address(), why);
                      });
                  return Optional.empty();
                });
    if (settled.isEmpty()) {
      throw Failures.stuck(target.address(), "not done within " + ROLL_LIMIT.toMinutes() + " min");
    }
  }

  private void verify(Target target, Wanted wanted, Attempt attempt) {
    ObservedWorker now = look(target);
    attempt.proved(
        "every pod (%d) was started for leaf %s"
            .formatted(now.pods().size(), wanted.leaf().shortText()));
    pollers.poll(target, now.pods(), Instant.MIN, attempt);
  }

  private ObservedWorker look(Target target) {
    ObservedWorker now = ports.rolls().look(target.deployment().orElseThrow(), target.place());
    if (!now.exists()) {
      throw Failures.moved(target.address(), "does not exist any more.");
    }
    return now;
  }

  /// Why a leaf of this CA's successor is not what all workers use, or empty when it is.
  Optional<String> behind(Target target, X509Certificate successor) {
    ObservedLeaf leaf = world.leaf(target.place(), successor);
    if (leaf.certificate().isEmpty() || leaf.issuedBy().isEmpty()) {
      return Optional.of(target.place().address() + " does not hold a leaf of the new CA");
    }
    return notLoaded(target, leaf);
  }

  /// Why workers may still be on a leaf of this CA, or empty when none is.
  Optional<String> stillOn(Target target, X509Certificate ca) {
    ObservedLeaf leaf = world.leaf(target.place(), ca);
    if (leaf.issuedBy().isPresent()) {
      return Optional.of(target.place().address() + " holds a leaf of it");
    }
    return notLoaded(target, leaf);
  }

  private Optional<String> notLoaded(Target target, ObservedLeaf leaf) {
    if (target.deployment().isEmpty() || leaf.certificate().isEmpty()) {
      return Optional.empty();
    }
    ObservedWorker now = look(target);
    List<String> pods =
        now.notOn(leaf.certificate().get().fingerprint(), leaf.writtenAt()).stream()
            .map(ObservedWorker.Pod::name)
            .toList();
    return pods.isEmpty()
        ? Optional.empty()
        : Optional.of("pods run on an earlier leaf: " + String.join(", ", pods));
  }
}
