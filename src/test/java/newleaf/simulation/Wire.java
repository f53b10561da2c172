package newleaf.simulation;

import java.util.Optional;

/// The one call that changes a namespace.
@FunctionalInterface
interface Wire {
  /// @return why it is refused
  Optional<String> send(Cloud.Space space, Cloud.Trust wanted, String version, String operation);
}
