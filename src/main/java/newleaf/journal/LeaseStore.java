package newleaf.journal;

import java.util.Optional;

/// Where the record of who may act is kept: a file, or an object of a cluster. Only changed by
/// compare-and-set, so that of two takers one wins.
public interface LeaseStore {

  /// Where the record is, for people.
  String where();

  /// Empty when nobody ever took the lock.
  Optional<LeaseRecord> read();

  /// Writes `next` if the record still is `expected`.
  ///
  /// @return false when somebody else changed it meanwhile
  boolean replace(Optional<LeaseRecord> expected, LeaseRecord next);

  /// Whether the holder is known to have ended: its lease need not be waited for. False when that
  /// can not be told from here.
  boolean ended(LeaseRecord.Holder holder);
}
