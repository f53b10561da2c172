package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.history.v1.History;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import newleaf.Newleaf;
import newleaf.workflow.Replay;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Makes the histories that `ReplayTest` of this and of later releases replays. Those of a version
/// that is not released yet may be written anew as often as its workflows change; those of a
/// release stay as they are.
@Timeout(60)
class RecordedRunsTest {
  private static final Path HISTORIES =
      Path.of("src", "test", "resources", "newleaf", "histories", Newleaf.VERSION);

  private static final String HOW = "mvn -q test -Dtest=RecordedRunsTest -Dnewleaf.record";

  /// [#HOW] keeps them as those of this version.
  private static final boolean RECORD = System.getProperty("newleaf.record") != null;

  @ParameterizedTest
  @EnumSource
  void whatThisVersionRunsItReplaysAndKeepsForLaterOnes(RecordedRun run) throws IOException {
    Map<String, WorkflowExecutionHistory> histories;
    try (TemporalServer temporal = run.server()) {
      histories = run.in(temporal);
    }
    try (Replay replay = Replay.ofThisVersion()) {
      histories.forEach(
          (name, history) -> assertThat(replay.complaint(history)).as(name).isEmpty());
    }
    for (var history : histories.entrySet()) {
      keep(HISTORIES.resolve(history.getKey() + ".json"), history.getValue());
    }
  }

  private static void keep(Path file, WorkflowExecutionHistory history) throws IOException {
    if (RECORD) {
      Files.createDirectories(HISTORIES);
      Files.writeString(file, named(history).toJson(true) + "\n");
    }
    assertThat(file).as("run: " + HOW).exists();
  }

  /// With the id of the workflow, which a real server writes down and the one in memory does not.
  private static WorkflowExecutionHistory named(WorkflowExecutionHistory history) {
    String id = history.getWorkflowExecution().getWorkflowId();
    History.Builder named = history.getHistory().toBuilder();
    named.getEventsBuilder(0).getWorkflowExecutionStartedEventAttributesBuilder().setWorkflowId(id);
    return new WorkflowExecutionHistory(named.build());
  }
}
