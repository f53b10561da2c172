package newleaf.emulator.frontend;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoop;
import io.grpc.netty.shaded.io.netty.channel.nio.NioTask;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A loopback address that clients can connect to while nobody serves it yet.
record Door(ServerSocketChannel socket) implements AutoCloseable {
  private static final int TRIES = 10;

  /// 127.0.0.1, 127.0.0.2, ... on one port. That of the first may be taken at another.
  static List<Door> open(int number) throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<Door> opened = new ArrayList<>();
      try {
        for (int i = 0; i < number; i++) {
          Door door = new Door(ServerSocketChannel.open());
          opened.add(door);
          door.bind(i, i == 0 ? 0 : opened.getFirst().address().getPort());
        }
        return List.copyOf(opened);
      } catch (IOException e) {
        opened.forEach(Door::close);
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private void bind(int number, int port) throws IOException {
    // with the option Linux gives away a quarter of its ports quickly, and the others slowly
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, false);
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (number + 1)});
    socket.bind(new InetSocketAddress(address, port)).configureBlocking(false);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.socket().getLocalSocketAddress();
  }

  /// @param task run once, on one of the loops, when the first client has connected; the client
  ///   waits for whoever serves the [#channel]
  void onKnock(EventLoopGroup loops, Runnable task) {
    ((NioEventLoop) loops.next()).register(socket, SelectionKey.OP_ACCEPT, new Knock(task));
  }

  private record Knock(Runnable task) implements NioTask<ServerSocketChannel> {
    @Override
    public void channelReady(ServerSocketChannel socket, SelectionKey key) {
      key.cancel();
      task.run();
    }

    @Override
    public void channelUnregistered(ServerSocketChannel socket, Throwable cause) {
      // the loops end, and with them everything here
    }
  }

  /// For a server to listen on, in place of binding an address itself.
  ServerChannel channel() {
    return new NioServerSocketChannel(socket) {
      @Override
      protected void doBind(SocketAddress address) {
        // it is
      }
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
