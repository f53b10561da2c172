package newleaf.emulator.frontend;

import java.time.Duration;

/// When an open connection is closed, so that its client has to shake hands anew. gRPC spreads the
/// age by 10 % either way.
///
/// @param grace how long calls that run at that time may go on
public record ConnectionAge(Duration age, Duration grace) {

  /// The defaults of the Temporal server.
  public static final ConnectionAge USUAL =
      new ConnectionAge(Duration.ofMinutes(5), Duration.ofSeconds(70));
}
