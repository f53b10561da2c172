package newleaf.apply;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import newleaf.workflow.Engine;
import newleaf.workflow.FleetWorkflow;
import newleaf.workflow.JsonPayloads;
import newleaf.workflow.RotationWorker;

/// Temporal in memory: time is skipped while everybody waits.
final class TemporalServer implements AutoCloseable {
  static final String QUEUE = "newleaf";
  static final String ACCOUNT = "sdvdw";
  static final Duration LONG = Duration.ofDays(90);
  static final FleetWorkflow.Request AT_ONCE =
      new FleetWorkflow.Request(Optional.empty(), false, Optional.empty());

  final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setInitialTime(Scenario.NOW)
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(JsonPayloads.CONVERTER)
                      .build())
              .build());
  final Engine engine = new Engine(environment.getWorkflowClient(), QUEUE, ACCOUNT);

  Instant now() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }

  /// A worker for the scenario begins to work.
  SharedScenario worker(Scenario scenario) {
    SharedScenario runs = new SharedScenario(scenario, this::now);
    RotationWorker.start(environment.getWorkerFactory(), QUEUE, runs);
    return runs;
  }

  /// What is due is rotated, with nobody asked.
  FleetWorkflow.Result start() {
    return engine.start(AT_ONCE).result(LONG).orElseThrow();
  }

  WorkflowExecutionHistory history(String id) {
    return environment.getWorkflowClient().fetchHistory("newleaf/" + ACCOUNT + "/" + id);
  }

  @Override
  public void close() {
    environment.close();
  }
}
