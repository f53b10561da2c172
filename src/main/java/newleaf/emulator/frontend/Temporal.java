package newleaf.emulator.frontend;

import io.grpc.ServerServiceDefinition;

/// What answers the workflow calls behind the frontend of one namespace.
sealed interface Temporal extends AutoCloseable permits EmbeddedTemporal, ForwardedTemporal {
  ServerServiceDefinition workflows();

  /// To be called when no call runs any more.
  @Override
  void close();
}
