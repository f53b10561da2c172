package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import newleaf.NewleafException;
import newleaf.journal.Entry;
import newleaf.plan.Gate;
import newleaf.workflow.FleetWorkflow;
import newleaf.workflow.Rotation;
import newleaf.workflow.RotationWorkflow.Approval;
import newleaf.workflow.RotationWorkflow.Deed;
import newleaf.workflow.RotationWorkflow.Phase;
import newleaf.workflow.RotationWorkflow.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rotations that run on Temporal, from start to end, in a world that is in memory.
@Timeout(60)
class DurableRotationTest {
  private static final String ROTATION = "ca/booking";
  private static final String SOAK = "soak/ca/booking-g1";
  private static final String RETIRE = "retire/ca/booking-g1";

  private final TemporalServer temporal = new TemporalServer();
  private final Rotation rotation = temporal.engine.rotation(ROTATION);

  @AfterEach
  void close() {
    temporal.close();
  }

  private static Scenario rollover(String soak) {
    return Scenario.of("ca-rollover", "soak: 10m", "soak: " + soak);
  }

  private Status await(Predicate<Status> wanted) {
    return TemporalServer.await(rotation, wanted);
  }

  private Status waitingAt(String gate) {
    return await(s -> s.holding().stream().anyMatch(g -> g.id().equals(gate)));
  }

  private static void assertRotated(Scenario scenario) {
    assertThat(scenario.plan().steps()).isEmpty();
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(1);
    assertThat(scenario.world().refusedInUse).isEmpty();
    assertThat(scenario.journal().unfinished()).isEmpty();
  }

  @Test
  void rotationWithASoakOfAMonthEndsWithOneCaAndNobodyIsRefused() {
    Scenario scenario = rollover("14d");
    temporal.worker(scenario);
    assertThat(temporal.start().shares()).containsExactly(ROTATION);
    assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
    assertRotated(scenario);
    assertThat(Duration.between(Scenario.NOW, temporal.now())).isGreaterThan(Duration.ofDays(14));
  }

  @Test
  void statusTellsDeedsWithTheirProofsAndWhenTheSoakIsOver() {
    temporal.worker(rollover("14d"));
    temporal.start();
    Status waiting = waitingAt(SOAK);
    assertThat(waiting.phase()).isEqualTo(Phase.WAITING);
    assertThat(waiting.told()).isEqualTo(6);
    assertThat(waiting.last()).extracting(Deed::verb).startsWith("issue", "trust");
    assertThat(waiting.last().get(1).proofs())
        .anySatisfy(p -> assertThat(p).startsWith("proven: ").endsWith("refused"));
    Instant opened = ((Gate.Soak) waiting.holding().getFirst()).openedAt().orElseThrow();
    assertThat(waiting.due()).contains(opened.plus(Duration.ofDays(14)));
  }

  @Test
  void twoStartsAreOne() {
    Scenario scenario = rollover("14d");
    temporal.worker(scenario);
    FleetWorkflow.Result first = temporal.start();
    waitingAt(SOAK);
    FleetWorkflow.Result second = temporal.start();
    assertThat(second.shares()).isEqualTo(first.shares());
    assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
    assertRotated(scenario);
    assertThat(scenario.world().authorities.made).hasSize(1);
  }

  @Test
  void whatIsDueWaitsForAWorkerThatIsAwayForADay() {
    Scenario scenario = rollover("10m");
    var fleet = temporal.engine.start(TemporalServer.AT_ONCE);
    scenario.world().time.pause(Duration.ofDays(1));
    temporal.worker(scenario);
    assertThat(fleet.result(TemporalServer.LONG).orElseThrow().shares()).containsExactly(ROTATION);
    assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
    assertRotated(scenario);
  }

  @Test
  void removalThatIsAPlanOfItsOwnWaitsForAYesToThatPlanAndForOneToItsGate() {
    Scenario scenario = Scenario.of("ca-rollover", "retire: after-verify", "retire: manual");
    temporal.worker(scenario);
    temporal.start();
    assertThat(rotation.result(TemporalServer.LONG)).contains(6L);
    assertThat(scenario.journal().recorded().gatesOpenedAt()).containsKey(SOAK);
    try (TemporalServer later = new TemporalServer()) { // a second run of one id skips no time
      later.worker(scenario);
      later.start();
      Rotation second = later.engine.rotation(ROTATION);
      TemporalServer.await(second, s -> s.holding().size() == 2);
      second.approve(new Approval(RETIRE, "ana", "CHG-4711"));
      second.approve(new Approval(RETIRE, "ben", ""));
      assertThat(second.result(TemporalServer.LONG)).contains(1L);
    }
    assertRotated(scenario);
    assertThat(scenario.journal().entries().stream().filter(Entry.Approved.class::isInstance))
        .containsExactly(new Entry.Approved(RETIRE, "ana (CHG-4711)"));
  }

  @Test
  void yesThatComesBeforeItsGateIsKeptForIt() {
    Scenario scenario = rollover("14d");
    temporal.worker(scenario);
    temporal.start();
    waitingAt(SOAK);
    rotation.approve(new Approval(RETIRE, "ana", ""));
    assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
    assertThat(scenario.journal().recorded().approvals()).contains(RETIRE);
  }

  @Test
  void fileThatWasChangedMakesTheRotationStandStillUntilSomebodySaysYesToAnotherPlan() {
    Scenario scenario = rollover("14d");
    SharedScenario runs = temporal.worker(scenario);
    temporal.start();
    waitingAt(SOAK);
    runs.scenario =
        new Scenario(
            Scenario.read("ca-rollover", "soak: 10m", "soak: 15d"),
            scenario.world(),
            scenario.state(),
            scenario.wish());
    temporal.environment.sleep(Duration.ofDays(2));
    Status stuck = TemporalServer.await(rotation, s -> s.phase() == Phase.STUCK);
    assertThat(stuck.why().orElseThrow()).startsWith("NL5201");
    temporal.start();
    Status goesOn = waitingAt(SOAK);
    assertThat(((Gate.Soak) goesOn.holding().getFirst()).duration()).isEqualTo(Duration.ofDays(15));
    assertThat(rotation.result(TemporalServer.LONG)).contains(7L);
    assertRotated(runs.scenario);
  }

  @Test
  void yesThatComesTooLateSaysThatNothingWaits() {
    temporal.worker(rollover("10m"));
    temporal.start();
    assertThat(rotation.result(TemporalServer.LONG)).isPresent();
    assertThatThrownBy(() -> rotation.approve(new Approval(RETIRE, "ana", "")))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5305");
  }

  @Test
  void planThatNobodySaidYesToIsDroppedAfterAnHour() {
    Scenario scenario = rollover("10m");
    temporal.worker(scenario);
    var ask = new FleetWorkflow.Request(Optional.empty(), true, Optional.empty());
    FleetWorkflow.Result result =
        temporal.engine.start(ask).result(TemporalServer.LONG).orElseThrow();
    assertThat(result.agreed()).isFalse();
    assertThat(scenario.world().effects()).isEmpty();
    assertThatThrownBy(rotation::isUnderWay).hasMessageContaining("NL5305");
  }

  @Test
  void anotherPlanThanTheExpectedOneIsNotBegun() {
    Scenario scenario = rollover("10m");
    temporal.worker(scenario);
    String other = "sha256:" + "0".repeat(64);
    var expecting = new FleetWorkflow.Request(Optional.of(other), false, Optional.empty());
    assertThatThrownBy(() -> temporal.engine.start(expecting).result(TemporalServer.LONG))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5205")
        .hasMessageContaining(scenario.plan().digest());
    assertThat(scenario.world().effects()).isEmpty();
  }

  @Test
  void stepThatFailsForGoodEndsTheRotationInItsWordsAndTheNextStartGoesOn() {
    Scenario scenario = rollover("10m");
    temporal.worker(scenario);
    scenario.workers().broken = true;
    temporal.start();
    assertThatThrownBy(() -> rotation.result(TemporalServer.LONG))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5102");
    assertThat(scenario.world().refusedInUse).isEmpty();
    scenario.workers().broken = false;
    try (TemporalServer later = new TemporalServer()) { // the one of before skips no time any more
      later.worker(scenario);
      later.start();
      assertThat(later.engine.rotation(ROTATION).result(TemporalServer.LONG)).isPresent();
    }
    assertRotated(scenario);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 17, 29, 41, 53, 65, 77, 89, 101, 113, 125, 137, 149, 161, 173, 185})
  void workerThatIsKilledAnywhereIsFollowedByAnotherAndItEndsAsIfLeftAlone(int moment) {
    Scenario scenario = rollover("10m");
    SharedScenario runs = temporal.worker(scenario);
    runs.wire = new Tripwire(moment);
    temporal.start();
    assertThat(rotation.result(TemporalServer.LONG)).isPresent();
    assertRotated(scenario);
    assertThat(scenario.world().authorities.made).hasSize(1);
    assertThat(runs.said).anySatisfy(line -> assertThat(line).contains("was killed"));
    assertThat(begunTwice(scenario)).isEmpty();
  }

  /// Effects that came twice: each place was to be written once, each namespace changed twice.
  private static List<String> begunTwice(Scenario scenario) {
    List<String> effects = scenario.world().effects();
    return effects.stream()
        .filter(e -> effects.stream().filter(e::equals).count() > 1)
        .distinct()
        .toList();
  }
}
