package newleaf.emulator.cloud;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The accepted connections, so that one can be cut under its calls: gRPC gives no way to.
final class Connections {
  private final Map<SocketAddress, Channel> open = new ConcurrentHashMap<>();

  ServerChannel listener() {
    return new NioServerSocketChannel() {
      @Override
      protected int doReadMessages(List<Object> accepted) throws Exception {
        int number = super.doReadMessages(accepted);
        accepted.forEach(one -> note((Channel) one));
        return number;
      }
    };
  }

  private void note(Channel connection) {
    SocketAddress peer = connection.remoteAddress();
    open.put(peer, connection);
    var _ = connection.closeFuture().addListener(_ -> open.remove(peer, connection));
  }

  void cut(ServerCall<?, ?> call) {
    Optional.ofNullable(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
        .map(open::get)
        .ifPresent(Connections::cut);
  }

  /// Below HTTP/2, which would say goodbye and let the calls end first.
  private static void cut(Channel connection) {
    connection.eventLoop().execute(() -> connection.unsafe().close(connection.newPromise()));
  }
}
