package newleaf.plan;

import java.time.Duration;
import java.util.List;

/// The terms of a step: what it relies on, what proves it, how it is taken back, how long it
/// usually takes.
public record Terms(
    List<Precondition> preconditions, List<Proof> proofs, Undo undo, Duration estimate) {
  /// An update of a namespace is asynchronous; the service recommends to ask every 10 s (tcld#479).
  private static final Duration NAMESPACE_UPDATE = Duration.ofSeconds(40);

  private static final Duration PER_POD = Duration.ofSeconds(30);

  /// Whoever reloads by itself has done so this long after its leaf was written.
  static final Duration RELOAD = Duration.ofMinutes(2);

  public Terms {
    preconditions = List.copyOf(preconditions);
    proofs = List.copyOf(proofs);
  }

  public static Terms of(Action action, List<Precondition> preconditions) {
    return switch (action) {
      case Action.IssueCa _ ->
          new Terms(
              preconditions,
              List.of(Proof.LEAF_VERIFIES),
              Undo.LEAVE_UNUSED,
              Duration.ofSeconds(1));
      case Action.TrustCa a ->
          new Terms(
              preconditions,
              a.inUse().isEmpty()
                  ? List.of(Proof.NEW_ACCEPTED, Proof.STRANGER_REFUSED)
                  : List.of(Proof.NEW_ACCEPTED, Proof.IN_USE_ACCEPTED, Proof.STRANGER_REFUSED),
              a.replaces().isPresent() ? Undo.PUT_BACK : Undo.DISTRUST_AGAIN,
              NAMESPACE_UPDATE);
      case Action.SetFilters _ ->
          new Terms(
              preconditions, List.of(Proof.IN_USE_ACCEPTED), Undo.FILTERS_BEFORE, NAMESPACE_UPDATE);
      case Action.ReissueLeaf _ ->
          new Terms(
              preconditions,
              List.of(Proof.NEW_ACCEPTED),
              Undo.PREVIOUS_LEAF,
              Duration.ofSeconds(5));
      case Action.RollWorker _, Action.ScaleWorker _ ->
          new Terms(
              preconditions,
              List.of(Proof.EVERY_POD_ON_LEAF, Proof.POLLERS_BACK),
              Undo.RESTART_AGAIN,
              restart(preconditions));
      case Action.AwaitReload a ->
          new Terms(
              preconditions,
              List.of(a.target().taskQueue().isPresent() ? Proof.POLLERS_BACK : Proof.TIME_GIVEN),
              Undo.NOTHING,
              RELOAD);
      case Action.RetireCa _ ->
          new Terms(
              preconditions,
              List.of(Proof.IN_USE_ACCEPTED, Proof.POLLERS_BACK, Proof.OLD_REFUSED),
              Undo.PUT_BACK,
              NAMESPACE_UPDATE.plus(PER_POD));
    };
  }

  private static Duration restart(List<Precondition> preconditions) {
    int replicas = 1;
    for (Precondition precondition : preconditions) {
      if (precondition instanceof Precondition.WorkloadThere there) {
        replicas = Math.max(1, there.replicas());
      }
    }
    // no Duration.multipliedBy: it calculates with BigDecimal, which takes 20 ms to initialize
    return Duration.ofSeconds(PER_POD.toSeconds() * (1L + replicas));
  }
}
