package newleaf.emulator.cloud;

import io.grpc.Status;
import java.util.Optional;

/// Faults a test or a rehearsal asks for; each strikes the next change once.
public final class Faults {
  private Optional<String> failure = Optional.empty();
  private boolean beforeCommit;
  private boolean afterCommit;

  /// The next accepted change ends FAILED, and the namespace stays as it was.
  public synchronized void failNext(String reason) {
    failure = Optional.of(reason);
  }

  /// The next change is answered UNAVAILABLE and is not done.
  public synchronized void unavailableBeforeCommit() {
    beforeCommit = true;
  }

  /// The next change is answered UNAVAILABLE although it is done.
  public synchronized void unavailableAfterCommit() {
    afterCommit = true;
  }

  synchronized Optional<String> takeFailure() {
    Optional<String> taken = failure;
    failure = Optional.empty();
    return taken;
  }

  synchronized void strikeBeforeCommit() {
    boolean strikes = beforeCommit;
    beforeCommit = false;
    strikeIf(strikes);
  }

  synchronized void strikeAfterCommit() {
    boolean strikes = afterCommit;
    afterCommit = false;
    strikeIf(strikes);
  }

  private static void strikeIf(boolean strikes) {
    if (strikes) {
      throw Status.UNAVAILABLE.withDescription("upstream connect error").asRuntimeException();
    }
  }
}
