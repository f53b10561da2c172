package newleaf.emulator.cloud;

import java.time.Duration;
import java.util.OptionalInt;

/// How the account behaves.
///
/// @param account the part of a namespace's name after the dot
/// @param latency from accepting a change to its effect: half of it PENDING, half IN_PROGRESS
/// @param checkDuration how long a client shall wait between two looks at an operation
/// @param requestsPerSecond for each API key; empty is no limit
public record Settings(
    String account,
    ApiKeys apiKeys,
    Duration latency,
    Duration checkDuration,
    OptionalInt requestsPerSecond) {

  /// Operations in flight in one account (docs.temporal.io/ops).
  static final int MAX_OPERATIONS = 10;
}
