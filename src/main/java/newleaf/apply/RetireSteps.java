package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.NewleafException;
import newleaf.apply.NamespaceUpdates.Settled;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Outcome;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedWorker;
import newleaf.plan.Action;

/// Removing an old CA: evidence before, proof after, and back again when workers drop.
record RetireSteps(Ports ports, World world, Proofs proofs, WorkerSteps workers, Pollers pollers) {

  Outcome retire(Action.RetireCa action, Attempt attempt) {
    NamespaceReading before = world.namespace(action.namespace());
    Fingerprint old = action.certificate().fingerprint();
    Set<Fingerprint> leaving = new HashSet<>(action.expired());
    leaving.add(old);
    boolean already = leaving.stream().noneMatch(before.namespace()::trusts);
    Instant removed = ports.time().instant();
    if (!already) {
      unused(action, attempt);
      attempt.change(
          ports.updates(), before, new TrustChange(List.of(), leaving, Optional.empty()));
      removed = ports.time().instant();
    }
    workersStay(action, removed, attempt);
    oldIsRefused(action, attempt);
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  private void unused(Action.RetireCa action, Attempt attempt) {
    for (Action.Target target : action.inUse()) {
      behind(action, target)
          .ifPresent(why -> {
            throw Failures.stillInUse(target.address(), why);
          });
    }
    attempt.proved("no worker is left on a leaf of %s".formatted(action.old().address()));
  }

  private Optional<String> behind(Action.RetireCa action, Action.Target target) {
    return action
        .successor()
        .map(ca -> workers.behind(target, world.certificate(ca)))
        .orElseGet(() -> workers.stillOn(target, world.certificate(action.old())));
  }

  /// The new leaves still connect and every pod polls again; otherwise the old CA goes back at
  /// once.
  private void workersStay(Action.RetireCa action, Instant removed, Attempt attempt) {
    try {
      Endpoint endpoint = world.endpoint(action.namespace());
      for (Action.Target target : action.inUse()) {
        HeldCertificate leaf = world.heldAt(target.place());
        proofs.stillAccepted(
            attempt, endpoint, leaf, "the leaf in use at " + target.place().address());
        List<ObservedWorker.Pod> pods =
            target
                .deployment()
                .map(d -> ports.rolls().look(d, target.place()).pods())
                .orElse(List.of());
        if (!pods.isEmpty()) {
          pollers.poll(target, pods, removed, attempt);
        }
      }
    } catch (NewleafException e) {
      putBack(action, attempt, e);
    }
  }

  private void putBack(Action.RetireCa action, Attempt attempt, NewleafException why) {
    if (Thread.currentThread().isInterrupted()) {
      throw why;
    }
    attempt.note("putting " + action.old().address() + " back: " + why.getMessage());
    NamespaceReading now = world.namespace(action.namespace());
    ports
        .updates()
        .update(
            action.namespace(),
            now.namespace().resourceVersion(),
            new TrustChange(List.of(world.certificate(action.old())), Set.of(), Optional.empty()),
            attempt.operation().undo(),
            () -> {});
    attempt.putBack(action.old());
    throw Failures.putBack("namespace/" + action.namespace(), why.getMessage());
  }

  /// An earlier run put the old CA back and was stopped before it could say so. Removing it again
  /// would make the same workers drop again.
  void stopWhenPutBack(Action.RetireCa action, Attempt attempt) {
    Settled undo = ports.updates().settle(action.namespace(), attempt.operation().undo());
    if (undo == Settled.FULFILLED) {
      attempt.putBack(action.old());
      throw Failures.putBack(
          "namespace/" + action.namespace(), "workers dropped in an earlier run");
    }
  }

  private void oldIsRefused(Action.RetireCa action, Attempt attempt) {
    Endpoint endpoint = world.endpoint(action.namespace());
    Optional<HeldCertificate> old = leafOfOldCa(action);
    if (old.isEmpty()) {
      attempt.note(
          "no leaf of %s is at hand, so its refusal is not proven"
              .formatted(action.old().address()));
      return;
    }
    proofs.refused(attempt, endpoint, old.get(), "a leaf of " + action.old().address());
  }

  /// Made for the purpose when the old key is still there, else the leaf that lay at a place
  /// before.
  private Optional<HeldCertificate> leafOfOldCa(Action.RetireCa action) {
    X509Certificate old = world.certificate(action.old());
    if (world.validNow(old) && ports.caKeys().held(action.old().ca(), action.old().generation())) {
      return Optional.of(
          ports.caKeys().issue(action.old().ca(), action.old().generation(), action.probe()));
    }
    return action.inUse().stream()
        .flatMap(t -> ports.delivery().previous(t.place()).stream())
        .filter(leaf -> world.comesFrom(old, leaf))
        .findFirst();
  }
}
