package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import newleaf.NewleafException;
import newleaf.journal.Fence;
import newleaf.journal.Journal;
import newleaf.journal.MemoryLease;
import newleaf.journal.RunLock;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;

/// A run whose lock was released by hand does nothing more, wherever it is.
final class FencedRunTest {
  private static final List<String> CHANGES =
      List.of(
          "before update",
          "before making a CA",
          "before renewing a CA",
          "before issuing",
          "before delivery",
          "before roll",
          "before scaling to zero",
          "before scaling back");

  private int asked;

  /// Applies, and takes the lock away from it at that question of the fence.
  ///
  /// @return whether it came to the end before that
  private boolean applied(Scenario scenario, Tripwire wire, int released) {
    MemoryLease store = new MemoryLease();
    RunLock lock =
        RunLock.take(
            store, new RunLock.Claim("id", "ann", "here", RunLock.LEASE), scenario.world().time);
    asked = 0;
    Fence fence =
        () -> {
          asked++;
          if (asked == released) {
            RunLock.release(store, "id", true, scenario.world().time);
            wire.moment("released");
          }
          lock.check();
        };
    Ports ports = FencedPorts.of(MortalPorts.of(scenario.world().ports(), wire), fence);
    Journal journal =
        Journal.open(
            scenario.state(),
            () -> {
              wire.moment(Scenario.BEFORE_LINE);
              return scenario.world().time.instant();
            },
            fence);
    Plan plan = scenario.plan();
    Applier applier =
        new Applier(ports, journal, Scenario.options("run", Duration.ofDays(1)), _ -> {});
    if (released == 0) {
      applier.apply(plan);
      return true;
    }
    assertThatThrownBy(() -> applier.apply(plan))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL6009");
    return false;
  }

  @Test
  void noChangeAndNoJournalLineFollowsARelease() {
    Tripwire whole = new Tripwire(0);
    assertThat(applied(Scenario.of("ca-rollover"), whole, 0)).isTrue();
    int questions = asked;
    assertThat(questions).isGreaterThan(20);
    for (int released = 1; released <= questions; released++) {
      Tripwire wire = new Tripwire(0);
      assertThat(applied(Scenario.of("ca-rollover"), wire, released)).isFalse();
      List<String> after =
          wire.moments.subList(wire.moments.indexOf("released"), wire.moments.size());
      assertThat(after)
          .as("released at question %d", released)
          .doesNotContain(Scenario.BEFORE_LINE);
      assertThat(after).doesNotContainAnyElementsOf(CHANGES);
    }
  }
}
