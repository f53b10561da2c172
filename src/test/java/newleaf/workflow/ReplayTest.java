package newleaf.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A rotation that an earlier release began goes on with this one. For a release, `mvn -q test
/// -Dtest=RecordedRunsTest -Dnewleaf.record` adds its histories, in a folder by the name of its
/// version. See the package on what to do when one does not replay any more.
@Timeout(60)
class ReplayTest {
  private static final Path HISTORIES = Path.of("src", "test", "resources", "newleaf", "histories");
  private static final Pattern IDENTITY = Pattern.compile("(?i)identity\": \"([^\"]*)");

  @AutoClose private final Replay replay = Replay.ofThisVersion();

  static List<Path> histories() throws IOException {
    try (Stream<Path> tree = Files.walk(HISTORIES)) {
      return tree.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static WorkflowExecutionHistory read(Path file) throws IOException {
    return WorkflowExecutionHistory.fromJson(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void historyOfAnEarlierReleaseReplays(Path file) throws IOException {
    assertThat(replay.complaint(read(file))).as(file.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void historyInWhichAnotherActivityWasAskedForDoesNot(Path file) throws IOException {
    History.Builder other = read(file).getHistory().toBuilder();
    other.getEventsBuilderList().stream()
        .filter(HistoryEvent.Builder::hasActivityTaskScheduledEventAttributes)
        .reduce((_, last) -> last)
        .map(HistoryEvent.Builder::getActivityTaskScheduledEventAttributesBuilder)
        .orElseThrow()
        .getActivityTypeBuilder()
        .setName("Other");
    assertThat(replay.complaint(new WorkflowExecutionHistory(other.build())))
        .as(file.toString())
        .hasValueSatisfying(why -> assertThat(why).contains("NonDeterministic"));
  }

  /// As a release that looks twice would.
  public static final class Twice implements DriftWorkflow {
    @Override
    public HomeActivities.Drift look(HomeActivities.Compare compare) {
      var _ = Patience.home("once more").compare(compare);
      return new DurableDrift().look(compare);
    }
  }

  @Test
  void workflowWithAnActivityMoreDoesNotReplayWhatOneWithoutItDid() throws IOException {
    WorkflowExecutionHistory history = read(HISTORIES.resolve("0.1.0/drift-none.json"));
    try (Replay later = new Replay(w -> w.registerWorkflowImplementationTypes(Twice.class))) {
      assertThat(later.complaint(history))
          .hasValueSatisfying(why -> assertThat(why).contains("NonDeterministic"));
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void historyNamesNoHost(Path file) throws IOException {
    assertThat(IDENTITY.matcher(Files.readString(file)).results())
        .extracting((MatchResult m) -> m.group(1))
        .isNotEmpty()
        .containsOnly("newleaf");
  }
}
