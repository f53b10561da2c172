package newleaf.apply;

import newleaf.NewleafException;
import newleaf.apply.NamespaceUpdates.Settled;

/// Has a namespace accept again the CA that a step of this attempt removed, because somebody was
/// refused without it.
record PuttingBack(Ports ports, World world, String namespace, Attempt attempt) {

  /// @param ca its address
  /// @param change what brings it back
  /// @throws NewleafException always: the step has failed
  void now(String ca, TrustChange change, NewleafException why) {
    attempt.note("putting " + ca + " back: " + why.getMessage());
    attempt.change(ports.updates(), world.namespace(namespace), change, unused(), () -> {});
    putBack(ca, why.getMessage());
  }

  /// An earlier run put it back and was stopped before it could say so. Removing it again would
  /// refuse the same leaves again.
  ///
  /// @throws NewleafException when it is so
  void stopWhenDone(String ca, String why) {
    if (isDone()) {
      putBack(ca, why);
    }
  }

  private void putBack(String ca, String why) {
    attempt.putBack(ca);
    throw Failures.putBack("namespace/" + namespace, why);
  }

  /// The first id that the service does not know. One that failed is never sent again: the service
  /// may answer that with what became of it, and the old CA would stay away for good.
  private OperationId unused() {
    int tries = 1;
    while (settled(tries) != Settled.UNKNOWN) {
      tries++;
    }
    return id(tries);
  }

  private boolean isDone() {
    for (int tries = 1; ; tries++) {
      switch (settled(tries)) {
        case FULFILLED -> {
          return true;
        }
        case UNKNOWN -> {
          return false;
        }
        case REFUSED -> {}
      }
    }
  }

  private Settled settled(int tries) {
    return ports.updates().settle(namespace, id(tries));
  }

  private OperationId id(int tries) {
    return attempt.operation().undo(tries);
  }
}
