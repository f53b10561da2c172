package newleaf.emulator.frontend;

import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts a [Temporal] when its first call comes: of the namespaces of a large account few are ever
/// connected to, and an embedded server costs a thread.
final class LateTemporal extends HandlerRegistry implements AutoCloseable {
  private record Started(Temporal temporal, ServerServiceDefinition workflows) {}

  private final Supplier<Temporal> start;
  private Optional<Started> started = Optional.empty();

  LateTemporal(Supplier<Temporal> start) {
    this.start = start;
  }

  /// @return null for a method that is not there, as its contract says
  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, String authority) {
    return workflows().getMethod(method);
  }

  private synchronized ServerServiceDefinition workflows() {
    if (started.isEmpty()) {
      Temporal temporal = start.get();
      started = Optional.of(new Started(temporal, temporal.workflows()));
    }
    return started.get().workflows();
  }

  /// To be called when no call runs any more.
  @Override
  public synchronized void close() {
    started.ifPresent(s -> s.temporal().close());
  }
}
