package newleaf.workflow;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// The Temporal namespace that the rotations run in, and a connection to it. Nothing is connected
/// to before it is used.
public final class ControlPlane implements AutoCloseable {
  /// A leaf of its own may be renewed while a worker runs.
  private static final Duration REREAD = Duration.ofMinutes(1);

  /// @param address host:port
  /// @param credentials how it knows us
  /// @param serverCa PEM, to trust beside nothing else; empty for the well-known ones
  public record Target(
      String address,
      String namespace,
      String taskQueue,
      Credentials credentials,
      Optional<String> serverCa) {}

  public sealed interface Credentials {
    /// No TLS, on this machine only.
    record None() implements Credentials {}

    /// @param key asked for at each call, so that it may change
    record ApiKey(Supplier<String> key) implements Credentials {}

    /// mTLS with `tls.crt` and `tls.key` (PEM, PKCS#8) of a folder.
    record Leaf(Path folder) implements Credentials {}
  }

  private final Target target;
  private final Duration patience;
  private final ScheduledExecutorService rereading =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  /// @param identity of this process, for whoever looks at who works
  /// @param patience how long a call is tried again
  /// @throws NewleafException Misconfigured when the credentials can not be used
  public ControlPlane(Target target, String identity, Duration patience) {
    this.target = target;
    this.patience = patience;
    this.stubs = WorkflowServiceStubs.newServiceStubs(options());
    this.client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(target.namespace())
                .setIdentity(identity)
                .setDataConverter(JsonPayloads.CONVERTER)
                .build());
  }

  private WorkflowServiceStubsOptions options() {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(target.address())
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder(DefaultStubServiceOperationRpcRetryOptions.INSTANCE)
                    .setExpiration(patience)
                    .validateBuildWithDefaults());
    switch (target.credentials()) {
      case Credentials.None() -> {}
      case Credentials.ApiKey(var key) -> {
        options.addApiKey(key::get);
        options.setSslContext(tls(Optional.empty()));
      }
      case Credentials.Leaf(var folder) -> options.setSslContext(tls(Optional.of(folder)));
    }
    return options.validateAndBuildWithDefaults();
  }

  private SslContext tls(Optional<Path> leaf) {
    try {
      SslContextBuilder tls = GrpcSslContexts.forClient();
      if (leaf.isPresent()) {
        tls.keyManager(keys(leaf.get()));
      }
      if (target.serverCa().isPresent()) {
        byte[] pem = target.serverCa().get().getBytes(StandardCharsets.US_ASCII);
        tls.trustManager(new ByteArrayInputStream(pem));
      }
      return tls.build();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL3201",
                  "temporal",
                  "the certificate for %s can not be used (%s)."
                      .formatted(target.address(), e.getClass().getSimpleName()),
                  "Put tls.crt and tls.key (PEM, PKCS#8) into the folder that the YAML names.")));
    }
  }

  private AdvancedTlsX509KeyManager keys(Path folder) throws IOException, GeneralSecurityException {
    AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    var _ =
        keys.updateIdentityCredentials(
            folder.resolve("tls.crt").toFile(),
            folder.resolve("tls.key").toFile(),
            REREAD.toSeconds(),
            TimeUnit.SECONDS,
            rereading);
    return keys;
  }

  public String address() {
    return target.address();
  }

  public String namespace() {
    return target.namespace();
  }

  public String taskQueue() {
    return target.taskQueue();
  }

  /// Why it does not answer, when it does not.
  public Optional<NewleafException> trouble() {
    DescribeNamespaceRequest request =
        DescribeNamespaceRequest.newBuilder().setNamespace(target.namespace()).build();
    try {
      var _ =
          new Calls(target.namespace()).of(() -> stubs.blockingStub().describeNamespace(request));
      return Optional.empty();
    } catch (NewleafException e) {
      return Optional.of(e);
    }
  }

  WorkflowClient client() {
    return client;
  }

  ScheduleClient schedules() {
    return ScheduleClient.newInstance(
        stubs,
        ScheduleClientOptions.newBuilder()
            .setNamespace(target.namespace())
            .setDataConverter(JsonPayloads.CONVERTER)
            .build());
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    rereading.shutdownNow();
  }
}
