package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.plan.Plan;
import newleaf.plan.Rollback;
import org.junit.jupiter.api.Test;

/// A rotation is killed anywhere, and the next thing somebody wants is to go back.
class RollbackTest {
  private static final Duration SOAK = Duration.ofMinutes(10);

  @Test
  void turnedBackWhereverTheRotationWasKilledEverybodyIsOnTheOldCaAndNobodyWasLockedOut() {
    int turned = 0;
    int moments = 0;
    for (int fatal = 1; ; fatal++) {
      Scenario scenario = Scenario.of("ca-rollover");
      boolean killed = killed(scenario, fatal);
      Optional<Rollback> wish = Rollback.before("booking", scenario.observe());
      if (wish.isPresent()) {
        backOnTheFirst(scenario, wish.get(), "killed at moment " + fatal);
        turned++;
      }
      if (!killed) {
        break;
      }
      moments++;
    }
    assertThat(turned).isGreaterThan(20);
    System.out.printf("RollbackTest: turned back at %d of %d moments%n", turned, moments);
  }

  private static boolean killed(Scenario scenario, int fatal) {
    Tripwire wire = new Tripwire(fatal);
    try {
      scenario.apply(Scenario.options("there", Duration.ZERO), wire);
      scenario.world().time.pause(SOAK);
      scenario.apply(Scenario.options("retire", Duration.ZERO), wire);
      return false;
    } catch (Tripwire.Killed _) {
      return true;
    }
  }

  private static void backOnTheFirst(Scenario before, Rollback wish, String moment) {
    Scenario scenario =
        new Scenario(before.desired(), before.world(), before.state(), Optional.of(wish));
    Optional<Applier.Result> result = scenario.apply(Scenario.options("back", Duration.ZERO));
    assertThat(result).as(moment).hasValueSatisfying(r -> assertThat(r.waiting()).isEmpty());
    assertThat(scenario.journal().recorded().rolledBack("booking")).as(moment).isPresent();
    Plan later = scenario.plan();
    assertThat(later.rollback()).as(moment).isEmpty();
    assertThat(later.steps()).as(moment).isEmpty();
    FakeWorld world = scenario.world();
    assertThat(scenario.observe().leaves())
        .as(moment)
        .allSatisfy(leaf ->
            assertThat(leaf.certificate().map(Certificate::issuer).orElseThrow().value())
                .contains("Booking CA G1"));
    assertThat(scenario.workers().pods)
        .as(moment)
        .allSatisfy(pod ->
            assertThat(pod.loaded.orElseThrow().certificate().getIssuerX500Principal().getName())
                .contains("Booking CA G1"));
    assertThat(world.refusedInUse).as(moment).isEmpty();
    assertThat(scenario.workers().rejectedHandshakes).as(moment).isZero();
    assertThat(scenario.journal().unfinished()).as(moment).isEmpty();
  }

  @Test
  void nothingMovedYetAndTheWishIsStillWrittenDown() {
    Scenario scenario = Scenario.of("ca-rollover");
    for (int fatal = 1; scenario.observe().generations("booking").size() < 2; fatal++) {
      scenario = Scenario.of("ca-rollover");
      killed(scenario, fatal);
    }
    backOnTheFirst(scenario, new Rollback("booking", 2, 1, false), "just made");
    assertThat(scenario.world().leaves.written).isEmpty();
  }
}
