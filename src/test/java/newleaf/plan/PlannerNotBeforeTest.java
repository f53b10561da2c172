package newleaf.plan;

import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import newleaf.Source;
import newleaf.desired.CaSpec;
import newleaf.desired.LeafSpec;
import newleaf.desired.Restart;
import org.junit.jupiter.api.Test;

/// `notBefore` of CAs and leaves.
class PlannerNotBeforeTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration FRESH = Duration.ofDays(25);
  private static final Instant SUNDAY = Facts.NOW.plus(Duration.ofDays(5));
  private static final String OF_CA = "not-before/ca/booking";

  private static TestWorld due(Instant notBefore) {
    TestWorld world = steady(Duration.ofDays(60), FRESH);
    return world.ca(Facts.notBefore(Facts.ca("booking"), notBefore));
  }

  private static LeafSpec leaf(Instant notBefore) {
    return Facts.notBefore(Facts.leaf("booking", "booking"), notBefore);
  }

  @Test
  void firstStepOfARotationWaitsAndTheOthersWithIt() {
    Plan plan = due(SUNDAY).plan();
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll", "retire");
    assertThat(Lines.gates(plan))
        .containsExactly("soak/ca/booking-g1 s2,s3,s4>s5", OF_CA + " >s1 at " + SUNDAY);
    assertThat(plan.steps().getFirst().notBefore()).contains(SUNDAY);
    assertThat(plan.summary().runnableNow()).isZero();
    assertThat(plan.nextDue()).contains(new Due(OF_CA, Due.What.NOT_BEFORE, SUNDAY));
    assertThat(plan.rotations().getFirst().takes()).isGreaterThan(Duration.ofDays(5));
    assertThat(plan.applyable()).isTrue();
  }

  @Test
  void digestIsTheSameBeforeAndAfterTheTimeAndHoweverTheFileIsNamed() {
    Plan before = due(SUNDAY).plan();
    Plan after = Planner.plan(due(SUNDAY).desired(), due(SUNDAY).observed(), SUNDAY);
    assertThat(after.summary().runnableNow()).isEqualTo(1);
    assertThat(after.digest()).isEqualTo(before.digest());
    TestWorld elsewhere = steady(Duration.ofDays(60), FRESH);
    Source other = new Source("./f.yaml", 14, 18);
    elsewhere.ca(Facts.notBefore(Facts.ca("booking"), SUNDAY, other));
    assertThat(elsewhere.plan().digest()).isEqualTo(before.digest());
    assertThat(due(SUNDAY.plusSeconds(1)).plan().digest()).isNotEqualTo(before.digest());
  }

  @Test
  void leafThatIsRenewedFromItsCaDoesNotWaitForTheCa() {
    TestWorld world = steady(YEAR, Duration.ofDays(3));
    world.ca(Facts.notBefore(Facts.ca("booking"), Facts.NOW.plus(Duration.ofDays(90))));
    assertThat(Lines.verbs(world.plan())).containsExactly("reissue", "roll");
    assertThat(Lines.gates(world.plan())).isEmpty();
    assertThat(world.plan().applyable()).isTrue();
  }

  @Test
  void leafWaitsForItsOwnTime() {
    Instant tomorrow = Facts.NOW.plus(Duration.ofDays(1));
    TestWorld world = steady(YEAR, Duration.ofDays(3)).leaf(leaf(tomorrow));
    assertThat(Lines.gates(world.plan()))
        .containsExactly("not-before/leaf/booking >s1 at " + tomorrow);
    TestWorld stray = steady().leaf(leaf(tomorrow)).runs("worker", "older");
    assertThat(Lines.verbs(stray.plan())).containsExactly("roll");
    assertThat(Lines.gates(stray.plan()))
        .containsExactly("not-before/leaf/booking >s1 at " + tomorrow);
  }

  @Test
  void leafOfAnotherKindIsNotHeld() {
    TestWorld world = steady(YEAR, Duration.ofDays(3)).leaf(Facts.leaf("other", "booking"));
    world
        .worker("second", "other", NS, Restart.ROLLING)
        .holds("second", "b", 1, Duration.ofDays(3));
    world.runs("second", "b").leaf(leaf(Facts.NOW.plus(Duration.ofDays(1))));
    Plan plan = world.plan();
    assertThat(Lines.verbs(plan)).containsExactly("reissue", "reissue", "roll", "roll");
    assertThat(plan.summary().runnableNow()).isEqualTo(1);
  }

  @Test
  void removalWaitsToo() {
    TestWorld world = due(SUNDAY).has("booking", 2, YEAR);
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new");
    assertThat(Lines.gates(world.plan()))
        .containsExactly("soak/ca/booking-g1 >s1", OF_CA + " >s1 at " + SUNDAY);
  }

  @Test
  void nothingToDoIsNothingToWaitFor() {
    TestWorld world = steady();
    world.ca(Facts.notBefore(Facts.ca("booking"), SUNDAY));
    assertThat(world.plan().gates()).isEmpty();
    assertThat(world.plan().isEmpty()).isTrue();
  }

  @Test
  void leafThatEndsFirstIsRefusedAndNamedWithThePlaceInTheYaml() {
    Plan plan = due(Facts.NOW.plus(FRESH).minusSeconds(60)).plan();
    assertThat(Lines.blockers(plan)).containsExactly("NL5014 secret/apps/worker-tls");
    assertThat(plan.blockers().getFirst().text().what())
        .contains("ends 2026-12-19T00:00:00Z", "notBefore 2026-12-18T23:59:00Z (f.yaml:14:18)");
    assertThat(due(Facts.NOW.plus(FRESH).minus(Duration.ofMinutes(10))).plan().blockers())
        .isEmpty();
  }

  @Test
  void caThatEndsFirstIsRefused() {
    CaSpec spec = Facts.notBefore(Facts.ca("booking"), Facts.NOW.plus(Duration.ofDays(4)));
    TestWorld world = steady(Duration.ofDays(3), Duration.ofDays(40)).ca(spec);
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5014 ca/booking-g1");
  }

  @Test
  void leafThatEndsBeforeItsOwnTimeIsRefused() {
    TestWorld world = steady(YEAR, Duration.ofDays(3)).leaf(leaf(SUNDAY));
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5014 secret/apps/worker-tls");
  }

  @Test
  void firstRunMayWaitAsLongAsOneLikes() {
    TestWorld world = TestWorld.wanted();
    world.ca(Facts.notBefore(Facts.ca("booking"), Facts.NOW.plus(YEAR)));
    assertThat(world.plan().applyable()).isTrue();
  }

  @Test
  void timeThatHasPassedHoldsNothing() {
    Plan plan = due(Facts.NOW).plan();
    assertThat(plan.summary().runnableNow()).isEqualTo(1);
    assertThat(plan.nextDue()).map(Due::what).contains(Due.What.STEP);
  }
}
