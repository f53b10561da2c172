package newleaf.emulator.cloud;

import io.temporal.api.cloud.operation.v1.AsyncOperation.State;
import java.time.Duration;
import java.util.Optional;
import newleaf.emulator.fault.Fault;

/// How an accepted operation goes on.
///
/// @param end its last state
/// @param reason why, when that is none that was hoped for
/// @param latency from acceptance to the end
/// @param spread from the end until the last frontend goes by the change
record Fate(State end, String reason, Duration latency, Duration spread) {
  static final Duration NEVER = Duration.ofDays(36_500);

  static Fate good(Duration latency) {
    return new Fate(State.STATE_FULFILLED, "", latency, Duration.ZERO);
  }

  static Fate of(Optional<Fault> struck, Duration latency) {
    return switch (struck.orElse(null)) {
      case Fault.Ends(Fault.Ending ending, String why) ->
          new Fate(state(ending), why, latency, Duration.ZERO);
      case Fault.NeverEnds _ -> good(NEVER);
      case Fault.SlowSpread(Duration lag) -> new Fate(State.STATE_FULFILLED, "", latency, lag);
      case null, default -> good(latency);
    };
  }

  boolean fulfils() {
    return end == State.STATE_FULFILLED;
  }

  private static State state(Fault.Ending ending) {
    return switch (ending) {
      case FAILED -> State.STATE_FAILED;
      case CANCELLED -> State.STATE_CANCELLED;
      case REJECTED -> State.STATE_REJECTED;
    };
  }
}
