package newleaf.emulator;

import java.util.Optional;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.frontend.ConnectionAge;

/// How both halves of the emulator behave.
///
/// @param temporal host:port of a Temporal server (plaintext, such as a dev server) that answers
///   behind the frontends; empty for an embedded one. It must have a namespace of the same name
/// @param edges addresses of each frontend: 127.0.0.1, 127.0.0.2, ...
public record EmulatorSettings(
    Settings cloud, ConnectionAge connectionAge, Optional<String> temporal, int edges) {

  /// With one address.
  public EmulatorSettings(Settings cloud, ConnectionAge connectionAge, Optional<String> temporal) {
    this(cloud, connectionAge, temporal, 1);
  }
}
