package newleaf.plan;

import java.time.Instant;

/// Something that becomes due, or ends, at a time.
public record Due(String address, What what, Instant at) {
  public enum What {
    /// a step can be carried out
    STEP,
    /// a soak is over
    SOAK,
    /// the time that a `notBefore` of the YAML names
    NOT_BEFORE,
    /// the time to renew begins
    RENEWAL,
    /// a certificate ends
    EXPIRY
  }
}
