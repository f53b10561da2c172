package newleaf.cloud;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// A channel with the one thread that serves it. The JVM waits 300 ms at exit for a thread that
/// sits in a selector, so the thread belongs to the channel and ends with it.
record Wire(ManagedChannel channel, EventLoopGroup thread) implements AutoCloseable {
  private static final long CLOSE_SECONDS = 2;

  static Wire open(NettyChannelBuilder builder) {
    EventLoopGroup thread =
        new NioEventLoopGroup(1, new DefaultThreadFactory("newleaf-wire", true));
    ManagedChannel channel =
        builder
            .eventLoopGroup(thread)
            .channelType(NioSocketChannel.class, InetSocketAddress.class)
            .directExecutor()
            .disableRetry() // a retry that nobody sees would blur what the peer said
            .build();
    return new Wire(channel, thread);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      boolean _ = channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      boolean _ =
          thread
              .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
              .await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) { // whoever interrupted wants to leave sooner still
      var _ = thread.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      Thread.currentThread().interrupt();
    }
  }
}
