package newleaf.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/// How long operations of this run take, by the last one that ended: looking at the next one much
/// sooner would only take requests that others need. It is a matter of speed alone.
final class Expectation {
  /// Nobody is made to wait longer for a first look, however long the one before took.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Duration surely = Duration.ZERO;

  /// @param hint how long to wait between looks
  synchronized Duration firstLook(Duration hint) {
    Duration look = Collections.min(List.of(surely.plus(hint), LONGEST));
    return Collections.max(List.of(look, hint));
  }

  /// @param running when it was last seen to go on; zero when it never was
  /// @return the same after this look
  synchronized Duration seen(Duration running, Instant begun, Instant now, boolean ended) {
    if (!ended) {
      return Duration.between(begun, now);
    }
    // one that had ended at its first look may have taken less
    surely = running.isZero() ? surely.dividedBy(2) : running;
    return running;
  }
}
