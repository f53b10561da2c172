package newleaf.emulator.frontend;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;

/// A Temporal server elsewhere, reached without TLS: a dev server on this machine. Every call goes
/// on as it came, byte by byte, with its headers and deadline, and is cancelled with it.
final class ForwardedTemporal implements Temporal {
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private final ManagedChannel channel;

  /// @param address host:port
  ForwardedTemporal(String address) {
    this.channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
  }

  @Override
  public ServerServiceDefinition workflows() {
    ServerServiceDefinition.Builder all =
        ServerServiceDefinition.builder(WorkflowServiceGrpc.getServiceDescriptor().getName());
    for (MethodDescriptor<?, ?> method : WorkflowServiceGrpc.getServiceDescriptor().getMethods()) {
      all.addMethod(forwarded(Passed.method(method)));
    }
    return all.build();
  }

  private ServerMethodDefinition<Passed, Passed> forwarded(
      MethodDescriptor<Passed, Passed> method) {
    return ServerMethodDefinition.create(
        method,
        (call, headers) ->
            ServerCalls.<Passed, Passed>asyncUnaryCall((request, answer) ->
                    ClientCalls.asyncUnaryCall(
                        with(headers).newCall(method, CallOptions.DEFAULT), request, answer))
                .startCall(call, headers));
  }

  private Channel with(Metadata headers) {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
