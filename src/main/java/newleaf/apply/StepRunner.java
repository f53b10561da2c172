package newleaf.apply;

import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.journal.Entry;
import newleaf.journal.Outcome;
import newleaf.observed.ObservedLeaf;
import newleaf.plan.Action;

/// Carries out one step: looks whether it is so already, acts if not, and proves it in either case.
/// The one seam between a plan and the world; a local run and a workflow both call it.
public final class StepRunner {
  /// How often a change is decided anew because somebody else changed the same resource meanwhile.
  private static final int TRIES = 3;

  private final Ports ports;
  private final World world;
  private final TrustSteps trust;
  private final LeafSteps leaves;
  private final WorkerSteps workers;
  private final RetireSteps retire;

  public StepRunner(Ports ports) {
    this.ports = ports;
    this.world = new World(ports);
    Proofs proofs = new Proofs(ports.prover(), ports.time());
    Pollers pollers = new Pollers(ports, world);
    this.trust = new TrustSteps(ports, world, proofs);
    this.leaves = new LeafSteps(world, ports, proofs);
    this.workers = new WorkerSteps(ports, world, pollers);
    this.retire =
        new RetireSteps(ports, world, proofs, workers, pollers, new OtherHolders(ports, world));
  }

  Outcome run(Attempt attempt) {
    for (int tryNumber = 1; ; tryNumber++) {
      try {
        return once(attempt);
      } catch (NewleafException e) {
        // every step looks before it acts, so it can decide again on what is there now
        if (!(e.failure() instanceof Failure.Stale) || tryNumber == TRIES) {
          throw e;
        }
        attempt.note("changed meanwhile, looking again: " + e.getMessage());
      }
    }
  }

  private Outcome once(Attempt attempt) {
    return switch (attempt.step().action()) {
      case Action.IssueCa action -> trust.issue(action, attempt);
      case Action.TrustCa action -> trust.trust(action, attempt);
      case Action.SetFilters action -> trust.filter(action, attempt);
      case Action.ReissueLeaf action -> leaves.reissue(action, attempt);
      case Action.RollWorker action -> workers.roll(action, attempt);
      case Action.ScaleWorker action -> workers.scale(action, attempt);
      case Action.AwaitReload action -> workers.reload(action, attempt);
      case Action.RetireCa action -> retire.retire(action, attempt);
    };
  }

  /// A step that an earlier run began: finished and proven when its effect is there, abandoned when
  /// it is not.
  Outcome resume(Entry.Begun begun, Attempt attempt) {
    return hadEffect(begun, attempt) ? run(attempt) : new Outcome.Abandoned();
  }

  private boolean hadEffect(Entry.Begun begun, Attempt attempt) {
    return switch (begun.step().action()) {
      case Action.IssueCa action -> world.ca(action.ca()).isPresent();
      case Action.TrustCa action -> {
        trust.stopWhenPutBack(action, attempt);
        yield fulfilled(action.namespace(), begun);
      }
      case Action.SetFilters action -> fulfilled(action.namespace(), begun);
      case Action.RetireCa action -> {
        retire.stopWhenPutBack(action, attempt);
        yield fulfilled(action.namespace(), begun);
      }
      case Action.ReissueLeaf action -> {
        ObservedLeaf there = world.leaf(action.place(), world.certificate(action.ca()));
        yield !there.certificate().map(c -> c.fingerprint()).equals(action.replaces())
            && leaves.delivered(there, world.certificate(action.ca()));
      }
      // replicas must come back whatever happened, and looking again changes nothing that is so
      // already
      case Action.RollWorker _, Action.ScaleWorker _, Action.AwaitReload _ -> true;
    };
  }

  private boolean fulfilled(String namespace, Entry.Begun begun) {
    return begun
        .operation()
        .map(id -> ports.updates().settle(namespace, new OperationId(id)))
        .filter(settled -> settled == NamespaceUpdates.Settled.FULFILLED)
        .isPresent();
  }
}
