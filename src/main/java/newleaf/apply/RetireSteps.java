package newleaf.apply;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.journal.Outcome;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedWorker;
import newleaf.plan.Action;

/// Removing an old CA: evidence before, proof after, and back again when workers drop.
record RetireSteps(
    Ports ports,
    World world,
    Proofs proofs,
    WorkerSteps workers,
    Pollers pollers,
    OtherHolders others) {

  Outcome retire(Action.RetireCa action, Attempt attempt) {
    NamespaceReading before = world.namespace(action.namespace());
    Fingerprint old = action.certificate().fingerprint();
    Set<Fingerprint> leaving = new HashSet<>(action.expired());
    leaving.add(old);
    boolean already = leaving.stream().noneMatch(before.namespace()::trusts);
    Instant removed = ports.time().instant();
    if (!already) {
      unused(action, attempt);
      keep(action, before, attempt);
      attempt.change(
          ports.updates(), before, new TrustChange(List.of(), leaving, Optional.empty()));
      removed = ports.time().instant();
    }
    workersStay(action, before, removed, attempt);
    oldIsRefused(action, before, attempt);
    return already ? new Outcome.AlreadySo() : new Outcome.Done();
  }

  /// The certificate of a CA that newleaf did not make is nowhere but in the bundle.
  private static void keep(Action.RetireCa action, NamespaceReading before, Attempt attempt) {
    if (action.old().adopted()) {
      before.acceptedClientCas().stream()
          .filter(ca -> Fingerprint.of(ca).equals(action.certificate().fingerprint()))
          .findFirst()
          .ifPresent(ca -> attempt.keep(action.oldAddress(), ca));
    }
  }

  /// Empty only when somebody else removed a CA that newleaf did not make.
  private Optional<X509Certificate> old(Action.RetireCa action, Attempt attempt) {
    return action.old().adopted()
        ? attempt.kept(action.certificate().fingerprint())
        : Optional.of(world.certificate(action.old()));
  }

  private void unused(Action.RetireCa action, Attempt attempt) {
    for (Action.Target target : action.inUse()) {
      behind(action, target, attempt)
          .ifPresent(why -> {
            throw Failures.stillInUse(target.address(), why);
          });
    }
    attempt.proved("no worker is left on a leaf of %s".formatted(action.oldAddress()));
    old(action, attempt).ifPresent(ca -> others.unused(action, ca, attempt));
  }

  private Optional<String> behind(Action.RetireCa action, Action.Target target, Attempt attempt) {
    return action
        .successor()
        .map(ca -> workers.behind(target, world.certificate(ca)))
        .orElseGet(() -> old(action, attempt).flatMap(ca -> workers.stillOn(target, ca)));
  }

  /// The new leaves still connect and every pod polls again; otherwise the old CA goes back at
  /// once.
  private void workersStay(
      Action.RetireCa action, NamespaceReading before, Instant removed, Attempt attempt) {
    try {
      Endpoint endpoint = world.endpointAfter(before);
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
    Optional<X509Certificate> old = old(action, attempt);
    if (Setbacks.endsTheRun(why.failure()) || old.isEmpty()) {
      throw why;
    }
    TrustChange back = new TrustChange(List.of(old.get()), Set.of(), Optional.empty());
    puttingBack(action, attempt).now(action.oldAddress(), back, why);
  }

  private PuttingBack puttingBack(Action.RetireCa action, Attempt attempt) {
    return new PuttingBack(ports, world, action.namespace(), attempt);
  }

  void stopWhenPutBack(Action.RetireCa action, Attempt attempt) {
    puttingBack(action, attempt)
        .stopWhenDone(action.oldAddress(), "workers dropped in an earlier run");
  }

  private void oldIsRefused(Action.RetireCa action, NamespaceReading before, Attempt attempt) {
    Optional<HeldCertificate> old = old(action, attempt).flatMap(ca -> leafOf(ca, action));
    if (old.isEmpty()) {
      attempt.note(
          "no leaf of %s is at hand, so its refusal is not proven".formatted(action.oldAddress()));
      return;
    }
    proofs.refused(
        attempt, world.endpointAfter(before), old.get(), "a leaf of " + action.oldAddress());
  }

  /// Made for the purpose when the old key is still there, else the leaf that lay at a place
  /// before.
  private Optional<HeldCertificate> leafOf(X509Certificate old, Action.RetireCa action) {
    boolean ours = !action.old().adopted();
    if (ours
        && world.validNow(old)
        && ports.caKeys().held(action.old().ca(), action.old().generation())) {
      return Optional.of(
          ports.caKeys().issue(action.old().ca(), action.old().generation(), action.probe()));
    }
    return action.inUse().stream()
        .flatMap(t -> ports.delivery().previous(t.place()).stream())
        .filter(leaf -> world.comesFrom(old, leaf))
        .findFirst();
  }
}
