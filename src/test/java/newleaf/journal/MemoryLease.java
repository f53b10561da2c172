package newleaf.journal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A record of who may act that any number of operators of one JVM share. Whoever is said to have
/// ended (see [#end]) need not be waited for.
public final class MemoryLease implements LeaseStore {
  private final Set<String> ended = new HashSet<>();
  private Optional<LeaseRecord> record = Optional.empty();

  @Override
  public String where() {
    return "memory";
  }

  @Override
  public synchronized Optional<LeaseRecord> read() {
    return record;
  }

  @Override
  public synchronized boolean replace(Optional<LeaseRecord> expected, LeaseRecord next) {
    if (!record.equals(expected)) {
      return false;
    }
    record = Optional.of(next);
    return true;
  }

  @Override
  public synchronized boolean ended(LeaseRecord.Holder holder) {
    return ended.contains(holder.id());
  }

  /// The machine of the holder of that id knows that its process is gone.
  public synchronized void end(String id) {
    ended.add(id);
  }
}
