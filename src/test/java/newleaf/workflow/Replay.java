package newleaf.workflow;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Holds histories against workflows as they are now.
public final class Replay implements AutoCloseable {
  /// The first workflow of a JVM is slow, which Temporal would take for one that is stuck.
  private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(30);

  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(JsonPayloads.CONVERTER)
                      .build())
              .build());
  private final Worker worker =
      environment.newWorker(
          "replay",
          WorkerOptions.newBuilder()
              .setDefaultDeadlockDetectionTimeout(A_BUSY_MACHINE.toMillis())
              .build());

  /// @param workflows registers them
  Replay(Consumer<Worker> workflows) {
    workflows.accept(worker);
  }

  public static Replay ofThisVersion() {
    return new Replay(RotationWorker::register);
  }

  /// @return why it does not replay
  public Optional<String> complaint(WorkflowExecutionHistory history) {
    try {
      WorkflowReplayer.replayWorkflowExecution(history, worker);
      return Optional.empty();
    } catch (Exception | Error e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public void close() {
    environment.close();
  }
}
