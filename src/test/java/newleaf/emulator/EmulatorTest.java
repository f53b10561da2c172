package newleaf.emulator;

import static newleaf.emulator.TestCertificate.ca;
import static newleaf.emulator.TestCertificate.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.UpdateNamespaceRequest;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.CloudServiceStubs;
import io.temporal.serviceclient.CloudServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.emulator.cloud.ApiKeys;
import newleaf.emulator.cloud.Settings;
import newleaf.emulator.frontend.ConnectionAge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Both halves together, used through Temporal's own clients.
class EmulatorTest {
  private static final String QUEUE = "booking-queue";
  private static final HeldCertificate OLD_CA = ca("CN=CA G1").make();
  private static final HeldCertificate NEW_CA = ca("CN=CA G2").make();
  private static final HeldCertificate OLD_LEAF = leaf("CN=booking", OLD_CA).make();
  private static final HeldCertificate NEW_LEAF = leaf("CN=booking", NEW_CA).make();

  private final TestClock clock = new TestClock();
  private final Emulator emulator = Emulator.start(settings(), clock);
  private final String namespace = emulator.account().add(spec(OLD_CA));

  /// A workflow to run.
  @WorkflowInterface
  public interface Greeting {
    @WorkflowMethod
    String greet(String name);
  }

  /// Greets.
  public static final class Hello implements Greeting {
    @Override
    public String greet(String name) {
      return "hello " + name;
    }
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void newCasLeafGetsInWhenTheOperationIsFulfilledAndNotBefore() {
    CloudServiceStubs cloud = cloud();
    Namespace read = read(cloud);
    assertThat(read.getEndpoints().getMtlsGrpcAddress())
        .isEqualTo(emulator.frontendAddress(namespace));
    var _ =
        cloud
            .blockingStub()
            .updateNamespace(
                UpdateNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .setResourceVersion(read.getResourceVersion())
                    .setSpec(read.getSpec().toBuilder().setMtlsAuth(mtls(OLD_CA, NEW_CA)))
                    .build());
    assertThat(accepted(NEW_LEAF)).isFalse();

    clock.advance(Duration.ofSeconds(10));

    assertThat(accepted(NEW_LEAF)).isTrue();
    assertThat(accepted(OLD_LEAF)).isTrue();
    cloud.shutdownNow();
  }

  @Test
  void workerCompletesAWorkflowThroughTheFrontendAndIsSeenPolling() {
    WorkflowServiceStubs stubs = stubs();
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setIdentity("1@booking-pod")
                .build());
    WorkerFactory workers = WorkerFactory.newInstance(client);
    workers.newWorker(QUEUE).registerWorkflowImplementationTypes(Hello.class);
    workers.start();
    try {
      assertThat(greet(client)).isEqualTo("hello Ada");
      assertThat(pollers(stubs)).extracting(PollerInfo::getIdentity).contains("1@booking-pod");
      assertThat(executions(stubs)).isEqualTo(1);
      assertThat(count(stubs)).isEqualTo(1);
    } finally {
      workers.shutdownNow();
      stubs.shutdownNow();
    }
    assertThat(emulator.handshakes().accepted(OLD_LEAF.fingerprint())).isEqualTo(1);
  }

  @Test
  void closeFreesThePorts() {
    assertThat(accepted(OLD_LEAF)).isTrue();

    String cloud = emulator.cloudAddress();
    String frontend = emulator.frontendAddress(namespace);
    emulator.close();

    for (String address : List.of(cloud, frontend)) {
      assertThatThrownBy(() -> dial(address)).isInstanceOf(ConnectException.class);
    }
  }

  private static void dial(String address) throws IOException {
    int port = Integer.parseInt(address.replace("127.0.0.1:", ""));
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  private static EmulatorSettings settings() {
    return new EmulatorSettings(
        new Settings(
            "acct",
            new ApiKeys(Set.of("the-key")),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            OptionalInt.empty()),
        ConnectionAge.USUAL,
        Optional.empty());
  }

  private static NamespaceSpec spec(HeldCertificate ca) {
    return NamespaceSpec.newBuilder().setName("booking").setMtlsAuth(mtls(ca)).build();
  }

  private static MtlsAuthSpec mtls(HeldCertificate... cas) {
    String pem = Pem.of(Arrays.stream(cas).map(HeldCertificate::certificate).toList());
    return MtlsAuthSpec.newBuilder()
        .setEnabled(true)
        .setAcceptedClientCa(ByteString.copyFromUtf8(pem))
        .build();
  }

  private CloudServiceStubs cloud() {
    return CloudServiceStubs.newServiceStubs(
        CloudServiceStubsOptions.newBuilder()
            .setTarget(emulator.cloudAddress())
            .setEnableHttps(false)
            .addApiKey(() -> "the-key")
            .setVersion("v0.19.1")
            .build());
  }

  private Namespace read(CloudServiceStubs cloud) {
    return cloud
        .blockingStub()
        .getNamespace(GetNamespaceRequest.newBuilder().setNamespace(namespace).build())
        .getNamespace();
  }

  private WorkflowServiceStubs stubs() {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(emulator.frontendAddress(namespace))
            .setSslContext(tls(OLD_LEAF))
            .build());
  }

  private boolean accepted(HeldCertificate held) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(emulator.frontendAddress(namespace))
            .sslContext(tls(held))
            .build();
    try {
      var _ =
          WorkflowServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException _) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private SslContext tls(HeldCertificate held) {
    byte[] serverCa = emulator.serverCaPem().getBytes(StandardCharsets.US_ASCII);
    try {
      return GrpcSslContexts.forClient()
          .trustManager(new ByteArrayInputStream(serverCa))
          .keyManager(held.key(), held.certificate())
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String greet(WorkflowClient client) {
    return client
        .newWorkflowStub(Greeting.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
        .greet("Ada");
  }

  private List<PollerInfo> pollers(WorkflowServiceStubs stubs) {
    return stubs
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(namespace)
                .setTaskQueue(TaskQueue.newBuilder().setName(QUEUE))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersList();
  }

  private int executions(WorkflowServiceStubs stubs) {
    return stubs
        .blockingStub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder().setNamespace(namespace).build())
        .getExecutionsCount();
  }

  private long count(WorkflowServiceStubs stubs) {
    return stubs
        .blockingStub()
        .countWorkflowExecutions(
            CountWorkflowExecutionsRequest.newBuilder().setNamespace(namespace).build())
        .getCount();
  }
}
