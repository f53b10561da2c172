package newleaf.apply;

/// The operations that take one back. One that failed is never sent again under its id: the service
/// may answer that with what became of it, and the old CA would stay away for good.
record Undoing(NamespaceUpdates updates, String namespace, OperationId undone) {

  /// The first id that the service does not know.
  OperationId next() {
    int tries = 1;
    while (settled(tries) != NamespaceUpdates.Settled.UNKNOWN) {
      tries++;
    }
    return undone.undo(tries);
  }

  boolean isDone() {
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

  private NamespaceUpdates.Settled settled(int tries) {
    return updates.settle(namespace, undone.undo(tries));
  }
}
