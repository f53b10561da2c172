package newleaf.apply;

import io.grpc.ClientInterceptor;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import newleaf.workflow.Engine;
import newleaf.workflow.Fleet;
import newleaf.workflow.FleetWorkflow;
import newleaf.workflow.JsonPayloads;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorker;
import newleaf.workflow.RotationWorkflow.Status;

/// Temporal in memory: time is skipped while everybody waits.
final class TemporalServer implements AutoCloseable {
  static final String QUEUE = "newleaf";
  static final String ACCOUNT = "sdvdw";
  static final Duration LONG = Duration.ofDays(90);
  static final FleetWorkflow.Request AT_ONCE =
      new FleetWorkflow.Request(Optional.empty(), false, Optional.empty());

  /// In every history, in place of a process and a host.
  static final String IDENTITY = "newleaf";

  final TestWorkflowEnvironment environment;
  final Engine engine;

  /// @param between who may change what is sent and received
  TemporalServer(ClientInterceptor... between) {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setInitialTime(Scenario.NOW)
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setGrpcClientInterceptors(List.of(between))
                        .build())
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(JsonPayloads.CONVERTER)
                        .setIdentity(IDENTITY)
                        .build())
                .build());
    engine = new Engine(environment.getWorkflowClient(), QUEUE, ACCOUNT);
  }

  /// Id of the fleet that was started last, without what all of the account share.
  String fleet = "";

  private final List<RotationWorker> workers = new ArrayList<>();

  Instant now() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }

  /// A worker for the scenario begins to work.
  SharedScenario worker(Scenario scenario) {
    SharedScenario runs = new SharedScenario(scenario, this::now);
    workers.add(RotationWorker.start(environment.getWorkflowClient(), QUEUE, ACCOUNT, runs));
    return runs;
  }

  /// What is due is rotated, with nobody asked.
  FleetWorkflow.Result start() {
    return start(AT_ONCE).result(LONG).orElseThrow();
  }

  Fleet start(FleetWorkflow.Request request) {
    Fleet started = engine.start(request);
    fleet = started.id().substring(id("").length());
    return started;
  }

  static Status await(Rotation rotation, Predicate<Status> wanted) {
    for (int look = 0; look < 2_000; look++) {
      Optional<Status> status = rotation.status();
      if (status.filter(wanted).isPresent()) {
        return status.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("it stays at " + rotation.status());
  }

  static String id(String name) {
    return "newleaf/" + ACCOUNT + "/" + name;
  }

  /// Of its newest run.
  WorkflowExecutionHistory history(String name) {
    return environment.getWorkflowClient().fetchHistory(id(name));
  }

  WorkflowExecutionHistory history(String name, String run) {
    return environment.getWorkflowClient().fetchHistory(id(name), run);
  }

  @Override
  public void close() {
    workers.forEach(RotationWorker::close);
    environment.close();
  }
}
