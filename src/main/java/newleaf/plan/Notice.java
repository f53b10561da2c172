package newleaf.plan;

import java.time.Instant;
import java.util.Optional;

/// Something that a person should know and that newleaf will not change.
///
/// @param about a certificate or a place, for the reader
/// @param until when it ends, or ended, where time has to do with it
public record Notice(What what, String address, String about, Optional<Instant> until) {
  public enum What {
    /// an expired CA that is not newleaf's; it goes with the next update of its namespace
    EXPIRED_FOREIGN_CA,
    /// a place that is no longer in the YAML, and still has a leaf that newleaf issued
    UNMANAGED_LEAF,
    /// a namespace that is no longer in the YAML, though leaves of newleaf's are for it
    UNMANAGED_NAMESPACE,
    /// a CA that stays at an earlier generation, until that can not issue any more
    ROLLED_BACK,
    /// that generation is inside its renewBefore
    ROLLED_BACK_ENDS_SOON,
    /// no worker runs for a while during a rolling update
    WORKERS_PAUSE,
    /// what counts the replicas of a workload rests while that is at 0
    AUTOSCALER_RESTS
  }

  public Notice(What what, String address, String about, Instant until) {
    this(what, address, about, Optional.of(until));
  }
}
