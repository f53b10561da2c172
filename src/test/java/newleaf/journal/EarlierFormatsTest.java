package newleaf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.json.Json;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;

/// Documents as newleaf wrote them before it knew more. Never to be written anew.
class EarlierFormatsTest {
  private static final Path FOLDER = Path.of("src/test/resources/earlier");

  @Test
  void planOfFormat11IsReadAndStillHasItsDigest() {
    Plan plan = PlanFile.read(FOLDER.resolve("plan-1.1.json"));
    assertThat(plan.formatVersion()).isEqualTo("1.1");
    assertThat(plan.recount()).isEqualTo(plan.digest());
    assertThat(plan.evidence().getFirst().others()).isEmpty();
    assertThat(Json.read(Json.pretty(plan), Plan.class)).isEqualTo(plan);
  }

  @Test
  void stateOfFormat10IsReadAndNothingNewIsKnownOfIt() throws IOException {
    String text = Files.readString(FOLDER.resolve("observed-1.0.json"));
    Observed observed = Json.readEarlier(text, Observed.class);
    assertThat(observed.sweep()).isEmpty();
    assertThat(observed.workers()).isNotEmpty().allMatch(w -> w.owner().isEmpty());
    assertThat(observed.leaves()).isNotEmpty().allMatch(l -> l.unwritable().isEmpty());
  }
}
