package newleaf.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A workflow is replayed from its history and has to ask for the same things again. So whatever it
/// runs is read, as it was compiled, for calls that may turn out otherwise the next time, or that
/// block where Temporal does not know of it.
@Timeout(60)
class DeterminismTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");
  private static final String HOME = "newleaf/workflow/";
  private static final Pattern PLANTED = Pattern.compile(" *// finds( without a line)?: (.*)");

  @Test
  void noWorkflowCallsWhatMayTurnOutOtherwiseWhenItIsReplayed() throws IOException {
    assertThat(new WorkflowCode(new ByteCode(CLASSES), HOME).findings).isEmpty();
  }

  @Test
  void everyWorkflowIsReadWithWhatItCallsButNoActivity() throws IOException {
    assertThat(new WorkflowCode(new ByteCode(CLASSES), HOME).reached)
        .extracting(Place::toString)
        .contains(
            HOME.replace('/', '.') + "DurableFleet.rotateAll",
            HOME.replace('/', '.') + "DurableRotation.rotate",
            HOME.replace('/', '.') + "DurableDrift.look",
            HOME.replace('/', '.') + "Steps.begin",
            HOME.replace('/', '.') + "WorkflowIds.beside",
            "newleaf.plan.Step.address")
        .noneMatch(place -> place.contains("AtHome"));
  }

  @Test
  void mistakesThatWerePlantedAreFoundAndNothingElseIs() throws IOException {
    ByteCode both = new ByteCode(CLASSES, TEST_CLASSES);
    assertThat(new WorkflowCode(both, HOME + "Careless").findings)
        .map(finding -> finding.replaceAll("^\\S+?(:\\d+)? ->", "$1 ->"))
        .containsExactlyInAnyOrderElementsOf(planted());
  }

  private static List<String> planted() throws IOException {
    List<String> source = Files.readAllLines(Path.of("src", "test", "java", HOME, "Careless.java"));
    List<String> planted = new ArrayList<>();
    for (int line = 1; line <= source.size(); line++) {
      Matcher comment = PLANTED.matcher(source.get(line - 1));
      if (comment.matches()) {
        String where = comment.group(1) == null ? ":" + (line + 1) : "";
        planted.add(where + " -> " + comment.group(2));
      }
    }
    return planted;
  }
}
