package newleaf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import newleaf.journal.PlanFile;
import org.junit.jupiter.api.Test;

/// On plans of the golden chain.
class SharesTest {
  private static Plan plan(String name) {
    return PlanFile.read(Path.of("plans", name + ".json"));
  }

  @Test
  void allThatFollowsFromTheRotationOfACaIsOneShare() {
    Plan plan = plan("ca-rollover.1");
    assertThat(Shares.of(plan)).containsOnlyKeys("ca/booking");
    assertThat(Shares.of(plan).get("ca/booking")).isEqualTo(plan.steps());
  }

  @Test
  void leafThatIsOnlyRenewedIsAShareByItsPlace() {
    Plan plan = plan("leaf-renewal.1");
    assertThat(Shares.of(plan).keySet()).isNotEmpty().noneMatch(n -> n.startsWith("ca/"));
    Shares.of(plan)
        .forEach((name, steps) -> {
          assertThat(steps.getFirst().address()).isEqualTo(name);
          assertThat(steps).allMatch(step -> Shares.concerns(name, step));
        });
  }

  @Test
  void everyStepIsInOneShare() {
    for (String name : List.of("ca-rollover.1", "leaf-renewal.1", "shared-ca.1", "first-run.1")) {
      Plan plan = plan(name);
      assertThat(Shares.of(plan).values().stream().flatMap(List::stream).toList())
          .as(name)
          .containsExactlyInAnyOrderElementsOf(plan.steps());
    }
  }
}
