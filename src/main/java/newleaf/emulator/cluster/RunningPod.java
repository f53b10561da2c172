package newleaf.emulator.cluster;

/// A started pod. `ready` and `failed` are asked often and must not block.
public interface RunningPod {
  boolean ready();

  /// It has ended by itself; it will be stopped and started again after a while.
  boolean failed();

  /// Ends it gracefully; returns when it is gone.
  void stop();
}
