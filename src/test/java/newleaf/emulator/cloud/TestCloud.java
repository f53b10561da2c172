package newleaf.emulator.cloud;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import io.temporal.api.cloud.cloudservice.v1.GetAsyncOperationRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.cloud.operation.v1.AsyncOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.emulator.TestClock;
import newleaf.emulator.fault.Faults;

/// A Cloud Ops server whose operations take ten seconds of a standing clock, and a client of it.
final class TestCloud implements AutoCloseable {
  static final String KEY = "the-key";
  static final Duration LATENCY = Duration.ofSeconds(10);

  final TestClock clock = new TestClock();
  final Faults faults = new Faults();
  final Account account;
  private final CloudOpsServer server;
  private final ManagedChannel channel;

  TestCloud(OptionalInt requestsPerSecond) {
    Settings settings =
        new Settings(
            "acct", new ApiKeys(Set.of(KEY)), LATENCY, Duration.ofSeconds(2), requestsPerSecond);
    this.account = new Account(settings, clock);
    this.server = CloudOpsServer.start(account, clock, faults, n -> n + ":7233");
    this.channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
  }

  CloudServiceBlockingStub api() {
    return api("Bearer " + KEY, "v0.19.1");
  }

  /// An empty header is not sent.
  CloudServiceBlockingStub api(String authorization, String version) {
    Metadata headers = new Metadata();
    put(headers, "authorization", authorization);
    put(headers, "temporal-cloud-api-version", version);
    Channel with =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return CloudServiceGrpc.newBlockingStub(with).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  Namespace get(String id) {
    return api()
        .getNamespace(GetNamespaceRequest.newBuilder().setNamespace(id).build())
        .getNamespace();
  }

  AsyncOperation operation(String id) {
    return api()
        .getAsyncOperation(GetAsyncOperationRequest.newBuilder().setAsyncOperationId(id).build())
        .getAsyncOperation();
  }

  /// What a good client sends: the spec it read, with one change, under the version it read.
  UpdateNamespaceRequest request(String id, UnaryOperator<NamespaceSpec.Builder> change) {
    Namespace read = get(id);
    return UpdateNamespaceRequest.newBuilder()
        .setNamespace(id)
        .setResourceVersion(read.getResourceVersion())
        .setSpec(change.apply(read.getSpec().toBuilder()))
        .build();
  }

  AsyncOperation update(String id, UnaryOperator<NamespaceSpec.Builder> change) {
    return api().updateNamespace(request(id, change)).getAsyncOperation();
  }

  void pass() {
    clock.advance(LATENCY);
  }

  static NamespaceSpec spec(String name, HeldCertificate... cas) {
    return NamespaceSpec.newBuilder()
        .setName(name)
        .setRetentionDays(30)
        .setMtlsAuth(mtls(cas))
        .build();
  }

  static MtlsAuthSpec.Builder mtls(HeldCertificate... cas) {
    return MtlsAuthSpec.newBuilder()
        .setEnabled(true)
        .setAcceptedClientCa(ByteString.copyFromUtf8(pem(cas)));
  }

  static String pem(HeldCertificate... cas) {
    return Pem.of(Arrays.stream(cas).map(HeldCertificate::certificate).toList());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }

  private static void put(Metadata headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
  }
}
