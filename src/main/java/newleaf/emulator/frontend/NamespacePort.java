package newleaf.emulator.frontend;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.KeyManagerFactory;

/// One namespace's mTLS port. It can be connected to at once, and is served from the first
/// connection on: most namespaces of a large account never get one, and each server takes memory.
final class NamespacePort implements AutoCloseable {
  private final List<Door> doors;
  private final List<Judge> judges;
  private final Shared shared;
  private Optional<NamespaceServers> servers = Optional.empty();
  private boolean shut;

  /// What the ports of all namespaces have in common.
  ///
  /// @param identity made once, because making it derives a key from a passphrase
  /// @param temporal host:port of a Temporal server to forward to; empty for an embedded one
  record Shared(
      KeyManagerFactory identity,
      ConnectionAge age,
      Optional<String> temporal,
      EventLoopGroup loops,
      ExecutorService calls) {}

  /// @param judges of 127.0.0.1, 127.0.0.2, ...
  NamespacePort(List<Judge> judges, Shared shared) {
    this.judges = judges;
    this.shared = shared;
    try {
      this.doors = Door.open(judges.size());
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port for a namespace", e);
    }
    doors.forEach(door -> door.onKnock(shared.loops(), () -> shared.calls().execute(this::serve)));
  }

  private synchronized void serve() {
    if (shut || servers.isPresent()) {
      return;
    }
    NamespaceServers fresh = new NamespaceServers(doors, judges, shared);
    servers = Optional.of(fresh);
    try {
      fresh.start();
    } catch (IOException e) {
      throw new UncheckedIOException("a port that was opened can not be served", e);
    }
  }

  String address() {
    return "127.0.0.1:" + doors.getFirst().address().getPort();
  }

  /// Takes no more calls and cancels the running ones; returns at once.
  synchronized void shut() {
    shut = true;
    servers.ifPresentOrElse(NamespaceServers::shut, () -> doors.forEach(Door::close));
  }

  synchronized void awaitShut() {
    servers.ifPresent(NamespaceServers::awaitShut);
  }

  /// To be called when no call runs any more.
  @Override
  public synchronized void close() {
    servers.ifPresent(NamespaceServers::close);
  }
}
