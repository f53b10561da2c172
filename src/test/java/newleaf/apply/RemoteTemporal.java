package newleaf.apply;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import newleaf.apply.Prover.Endpoint;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.WorkerRef;
import newleaf.workflow.CallLimits;
import newleaf.workflow.ClusterScope;
import newleaf.workflow.ClusterSite;
import newleaf.workflow.ClusterWorker;
import newleaf.workflow.DurableClusterCall;
import newleaf.workflow.Engine;
import newleaf.workflow.JsonPayloads;
import newleaf.workflow.RemoteCluster;
import newleaf.workflow.RemoteClusters;

/// Temporal in memory, with a cluster that is served by a worker of its own, and the ids of all
/// workflows that were started.
final class RemoteTemporal implements AutoCloseable {
  static final String EU1 = "eu1";
  static final String QUEUE = TemporalServer.QUEUE;
  static final WorkerRef WORKER = WorkerRef.deployment("a", "worker").in(Optional.of("eu1"));
  static final Endpoint ENDPOINT = new Endpoint("booking.sdvdw", "localhost:7233");
  static final LeafProfile PROFILE =
      new LeafProfile(
          new Subject("booking.sdvdw", Optional.empty(), Optional.empty()),
          KeyAlgorithm.EC_P256,
          Duration.ofDays(30),
          List.of());

  /// Of workflows that no other workflow started.
  final List<String> started = new CopyOnWriteArrayList<>();

  /// By the workers of the cluster.
  final List<String> said = new CopyOnWriteArrayList<>();

  final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setInitialTime(Scenario.NOW)
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(JsonPayloads.CONVERTER)
                      .setInterceptors(new Recording())
                      .build())
              .build());
  final Engine engine = new Engine(environment.getWorkflowClient(), QUEUE, TemporalServer.ACCOUNT);
  final RemoteCluster eu1 = cluster(Duration.ofSeconds(20));
  final RemoteClusters clusters = new RemoteClusters(Map.of(EU1, eu1));

  private final class Recording extends WorkflowClientInterceptorBase {
    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      return new WorkflowClientCallsInterceptorBase(next) {
        @Override
        public WorkflowStartOutput start(WorkflowStartInput input) {
          started.add(input.getWorkflowId());
          return super.start(input);
        }
      };
    }
  }

  /// Home hosts the workflows of calls, and nothing else.
  void home() {
    Worker home = environment.getWorkerFactory().newWorker(QUEUE);
    home.registerWorkflowImplementationTypes(DurableClusterCall.class);
    environment.start();
  }

  /// The cluster as it is reached from home.
  ///
  /// @param change how long one may take
  RemoteCluster cluster(Duration change) {
    return new RemoteCluster(
        environment.getWorkflowClient(),
        QUEUE,
        TemporalServer.ACCOUNT,
        EU1,
        new CallLimits(Duration.ofSeconds(20), change, Duration.ofSeconds(3)));
  }

  /// Another process in the cluster.
  ClusterWorker worker(ClusterScope scope, ClusterPorts ports, Prover prover, Timeline time) {
    return worker(() -> scope, ports, prover, time);
  }

  /// @param scope what its file names now
  ClusterWorker worker(
      Supplier<ClusterScope> scope, ClusterPorts ports, Prover prover, Timeline time) {
    return ClusterWorker.start(
        WorkerFactory.newInstance(environment.getWorkflowClient()),
        ClusterWorker.taskQueue(QUEUE, EU1),
        new ClusterSite(EU1, scope, ports, prover),
        time,
        said::add);
  }

  static ClusterPorts ports(FakeWorld world) {
    return new ClusterPorts(
        world.leaves, world.cluster, _ -> world.others, world.leaves, world.cluster);
  }

  byte[] history(String workflow) {
    return environment.getWorkflowClient().fetchHistory(workflow).getHistory().toByteArray();
  }

  @Override
  public void close() {
    environment.close();
  }
}
