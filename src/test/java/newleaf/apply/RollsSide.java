package newleaf.apply;

import java.util.function.BooleanSupplier;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// A workload of three pods behind the port that restarts it.
interface RollsSide extends AutoCloseable {
  WorkerRolls rolls();

  WorkerRef worker();

  /// The Secret that its pods mount.
  LeafPlace place();

  /// Lets time pass until it is so, not for ever.
  void until(String fact, BooleanSupplier condition) throws InterruptedException;

  @Override
  void close();
}
