package newleaf.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who may act on a state, and until when. It stays when the lock is released, so that the fencing
/// number never goes back.
///
/// @param fencing grows by one with each taking
/// @param holder empty when nobody holds the lock
public record LeaseRecord(long fencing, Optional<Holder> holder) {

  /// @param id of the taking, for `lock release`; random
  /// @param who for people: `apply of newleaf.yaml by ann on build-7, process 4711`
  /// @param machine on which it runs; only there can be told whether it still does
  /// @param renewed by the holder's clock
  /// @param lease how long after `renewed` nobody else may act
  public record Holder(
      String id, String who, String machine, Instant acquired, Instant renewed, Duration lease) {

    public Instant until() {
      return renewed.plus(lease);
    }

    Holder renewed(Instant now) {
      // a clock that was set back must not shorten what others see
      return new Holder(id, who, machine, acquired, now.isAfter(renewed) ? now : renewed, lease);
    }
  }

  /// How the lock is left by its last holder.
  LeaseRecord released() {
    return new LeaseRecord(fencing, Optional.empty());
  }

  boolean isOf(String id, long number) {
    return fencing == number && holder.filter(h -> h.id().equals(id)).isPresent();
  }
}
