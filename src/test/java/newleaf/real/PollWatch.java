package newleaf.real;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Stands between the frontend and the Temporal server, passes every call on byte by byte, and
/// counts how many polls for workflow tasks are open. Without one no workflow can go on.
final class PollWatch implements AutoCloseable {
  private static final String POLL = "PollWorkflowTaskQueue";

  private final ManagedChannel behind;
  private final Server server;
  private int open;
  private long emptySince = System.nanoTime();
  private long longestNanos;

  PollWatch(String temporal) {
    behind = NettyChannelBuilder.forTarget(temporal).usePlaintext().build();
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .fallbackHandlerRegistry(new EveryMethod())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /// What was before does not count.
  synchronized void measureFromNow() {
    longestNanos = 0;
    emptySince = System.nanoTime();
  }

  /// The longest time without a single open poll.
  synchronized Duration longestGap() {
    long now = open == 0 ? System.nanoTime() - emptySince : 0;
    return Duration.ofNanos(Math.max(longestNanos, now));
  }

  private synchronized void opened() {
    if (open == 0) {
      longestNanos = Math.max(longestNanos, System.nanoTime() - emptySince);
    }
    open++;
  }

  private synchronized void ended() {
    open--;
    if (open == 0) {
      emptySince = System.nanoTime();
    }
  }

  private final class EveryMethod extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(name)
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build();
      return ServerMethodDefinition.create(method, (call, headers) -> pass(call, method, headers));
    }
  }

  private ServerCall.Listener<byte[]> pass(
      ServerCall<byte[], byte[]> call, MethodDescriptor<byte[], byte[]> method, Metadata headers) {
    ClientCall<byte[], byte[]> onward = behind.newCall(method, CallOptions.DEFAULT);
    boolean poll = POLL.equals(method.getBareMethodName());
    if (poll) {
      opened();
    }
    onward.start(new Back(call, poll), headers);
    onward.request(2);
    call.request(2);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        onward.sendMessage(message);
      }

      @Override
      public void onHalfClose() {
        onward.halfClose();
      }

      @Override
      public void onCancel() {
        onward.cancel("the caller has gone", null);
      }
    };
  }

  private final class Back extends ClientCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final boolean poll;

    Back(ServerCall<byte[], byte[]> call, boolean poll) {
      this.call = call;
      this.poll = poll;
    }

    @Override
    public void onHeaders(Metadata headers) {
      call.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] message) {
      call.sendMessage(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (poll) {
        ended();
      }
      if (!call.isCancelled()) {
        call.close(status, trailers);
      }
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    behind.shutdownNow();
  }
}
