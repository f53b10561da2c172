package newleaf.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.LeafProfile;
import newleaf.journal.Entry;
import newleaf.journal.Outcome;
import newleaf.observed.LeafPlace;
import newleaf.plan.Gate;
import newleaf.plan.Plan;
import org.junit.jupiter.api.Test;

/// Whole runs against the in-memory world.
class ApplierTest {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final String APPROVAL = "retire/ca/booking-g1";
  private static final LeafPlace WORKERS_LEAF =
      new LeafPlace.Secret("temporal-booking", "temporal-booking-tls");

  private static Scenario rollover() {
    return Scenario.of("ca-rollover");
  }

  private static Scenario manual() {
    return Scenario.of("ca-rollover", "retire: after-verify", "retire: manual");
  }

  private static Applier.Result apply(Scenario scenario, String run, Duration wait, String... yes) {
    return scenario.apply(Scenario.options(run, wait, yes)).orElseThrow();
  }

  private static List<String> trusted(Scenario scenario) {
    return scenario.world().cloud.bundle(scenario.namespace()).stream()
        .map(ca -> ca.getSubjectX500Principal().getName().replaceAll("CN=([^,]*).*", "$1"))
        .toList();
  }

  private static void assertSafe(Scenario scenario) {
    assertThat(scenario.world().refusedInUse).isEmpty();
    assertThat(scenario.workers().rejectedHandshakes).isZero();
  }

  private static List<Outcome> outcomes(Scenario scenario) {
    return scenario.journal().entries().stream()
        .<Outcome>mapMulti((entry, out) -> {
          if (entry instanceof Entry.Ended ended) {
            out.accept(ended.outcome());
          }
        })
        .toList();
  }

  @Test
  void soakIsWaitedForWhenTheRunMayWaitThatLong() {
    Scenario scenario = rollover();
    Applier.Result result = apply(scenario, "one", SOAK);
    assertThat(result).isEqualTo(new Applier.Result(7, 7, List.of(), List.of(), List.of()));
    assertThat(trusted(scenario)).containsExactly("Booking CA G2");
    assertThat(scenario.plan().isEmpty()).isTrue();
    assertThat(outcomes(scenario)).hasSize(7).containsOnly(new Outcome.Done());
    assertSafe(scenario);
  }

  @Test
  void soakLongerThanTheRunMayWaitIsLeftToALaterRunAndGoesOn() {
    Scenario scenario = rollover();
    Applier.Result first = apply(scenario, "one", SOAK.minusSeconds(1));
    assertThat(first.done()).isEqualTo(6);
    assertThat(first.waiting()).extracting(Gate::id).containsExactly("soak/ca/booking-g1");
    assertThat(first.waiting().getFirst())
        .isInstanceOfSatisfying(Gate.Soak.class, soak -> assertThat(soak.until()).isPresent());
    Instant opened = scenario.world().time.instant();
    scenario.world().time.pause(SOAK.minusMinutes(1));
    assertThat(apply(scenario, "two", Duration.ZERO).done()).isZero();
    assertThat(apply(scenario, "three", Duration.ofMinutes(1)).waiting()).isEmpty();
    assertThat(scenario.journal().recorded().gatesOpenedAt())
        .containsEntry("soak/ca/booking-g1", opened);
    assertThat(trusted(scenario)).containsExactly("Booking CA G2");
    assertSafe(scenario);
  }

  @Test
  void soakStartsAnewWhenALeafMovedAfterIt() {
    Scenario scenario = rollover();
    Applier.Result _ = apply(scenario, "one", Duration.ZERO);
    scenario.world().time.pause(SOAK.multipliedBy(2));
    var strayed =
        scenario
            .world()
            .authorities
            .issue(
                scenario.desired().cas().getFirst().keys(),
                1,
                scenario.desired().leaves().getFirst().profile());
    scenario.world().leaves.put(WORKERS_LEAF, strayed, scenario.world().time.instant());
    // a run moves the workers again, and is killed before it reaches the gate
    assertThatThrownBy(() -> killBeforeTheGate(scenario)).isInstanceOf(Tripwire.Killed.class);
    Applier.Result later = apply(scenario, "later", Duration.ZERO);
    assertThat(later.waiting()).extracting(Gate::id).contains("soak/ca/booking-g1");
    assertThat(trusted(scenario)).containsExactly("Booking CA G1", "Booking CA G2");
  }

  private static void killBeforeTheGate(Scenario scenario) {
    Applier applier =
        new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("killed", Duration.ZERO),
            event -> {
              if (event instanceof ApplyEvent.StepEnded(var step, _, _)
                  && step.action().verb().equals("roll")) {
                throw new Tripwire.Killed("after the roll");
              }
            });
    Applier.Result _ = applier.apply(scenario.plan());
  }

  @Test
  void approvalHoldsUntilItIsGivenAndIsJournalledWithWhoGaveIt() {
    Scenario scenario = manual();
    Applier.Result moved = apply(scenario, "one", SOAK, APPROVAL);
    assertThat(moved).extracting(Applier.Result::done, Applier.Result::of).containsExactly(6, 6);
    assertThat(moved.waiting()).extracting(Gate::id).containsExactly("soak/ca/booking-g1");
    assertThat(scenario.journal().recorded().approvals()).isEmpty(); // nobody had seen that plan
    scenario.world().time.pause(SOAK);
    Applier.Result second = apply(scenario, "two", SOAK);
    assertThat(second.done()).isZero();
    assertThat(second.waiting()).extracting(Gate::id).containsExactly(APPROVAL);
    assertThat(trusted(scenario)).containsExactly("Booking CA G1", "Booking CA G2");
    assertThat(apply(scenario, "three", SOAK, APPROVAL).waiting()).isEmpty();
    assertThat(trusted(scenario)).containsExactly("Booking CA G2");
    assertThat(scenario.journal().entries()).containsOnlyOnce(new Entry.Approved(APPROVAL, "ann"));
    assertSafe(scenario);
  }

  @Test
  void unacknowledgedClientKeepsTheOldCaHoweverOftenItIsApplied() {
    Scenario scenario = Scenario.of("ca-rollover", "acknowledged: true", "acknowledged: false");
    Applier.Result _ = apply(scenario, "one", SOAK);
    scenario.world().time.pause(SOAK);
    Applier.Result later = apply(scenario, "two", SOAK);
    assertThat(later.waiting()).extracting(Gate::id).containsExactly("clients/ca/booking-g1");
    assertThat(trusted(scenario)).containsExactly("Booking CA G1", "Booking CA G2");
    assertSafe(scenario);
  }

  @Test
  void failedOperationStopsWithItsReasonAndTheNextRunGoesOn() {
    Scenario scenario = rollover();
    scenario.world().cloud.faults.add(FakeCloud.Fault.FAILS);
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("operation FAILED: no capacity");
    assertThat(trusted(scenario)).containsExactly("Booking CA G1");
    assertThat(scenario.world().leaves.written).isEmpty();
    assertThat(apply(scenario, "two", SOAK).waiting()).isEmpty();
    assertThat(outcomes(scenario)).contains(new Outcome.Abandoned());
    assertThat(scenario.world().authorities.made).containsExactly("ca/booking-g2");
    assertSafe(scenario);
  }

  @Test
  void updateWhoseAnswerWasLostIsFoundAndNotSentAgain() {
    Scenario scenario = rollover();
    scenario.world().cloud.faults.add(FakeCloud.Fault.LOST_AFTER);
    assertThatThrownBy(() -> apply(scenario, "one", SOAK)).isInstanceOf(NewleafException.class);
    assertThat(apply(scenario, "two", SOAK).waiting()).isEmpty();
    assertThat(scenario.world().cloud.effects)
        .containsExactly("trust CN=Booking CA G2,O=Temporal", "retire");
    assertSafe(scenario);
  }

  @Test
  void updateThatNeverArrivedIsAbandonedAndPlannedAnew() {
    Scenario scenario = rollover();
    scenario.world().cloud.faults.add(FakeCloud.Fault.LOST_BEFORE);
    assertThatThrownBy(() -> apply(scenario, "one", SOAK)).isInstanceOf(NewleafException.class);
    assertThat(apply(scenario, "two", SOAK).waiting()).isEmpty();
    assertThat(outcomes(scenario)).contains(new Outcome.Abandoned());
    assertSafe(scenario);
  }

  @Test
  void versionThatMovedBetweenReadAndCallIsReadAgain() {
    Scenario scenario = rollover();
    scenario.world().cloud.faults.add(FakeCloud.Fault.OVERTAKEN);
    scenario.world().cloud.faults.add(FakeCloud.Fault.OVERTAKEN);
    assertThat(apply(scenario, "one", SOAK).waiting()).isEmpty();
    assertThat(outcomes(scenario)).hasSize(7).containsOnly(new Outcome.Done());
    assertSafe(scenario);
  }

  @Test
  void versionThatMovesAtEveryTryStopsTheRun() {
    Scenario scenario = rollover();
    for (int i = 0; i < 3; i++) {
      scenario.world().cloud.faults.add(FakeCloud.Fault.OVERTAKEN);
    }
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Stale.class));
    assertThat(trusted(scenario)).containsExactly("Booking CA G1");
    assertThat(scenario.journal().unfinished()).isEmpty();
  }

  @Test
  void retirePutsTheOldCaBackWhenWorkersDrop() {
    Scenario scenario = rollover();
    scenario.workers().mountsOldLeaf = true;
    scenario.workers().connectionAge = Duration.ofSeconds(1);
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5105")
        .hasMessageContaining("not every pod polls");
    assertThat(trusted(scenario)).containsExactly("Booking CA G2", "Booking CA G1");
    assertThat(outcomes(scenario).getLast()).isInstanceOf(Outcome.Failed.class);
    int dropped = scenario.workers().rejectedHandshakes;
    scenario.world().time.pause(SOAK);
    assertThat(scenario.workers().rejectedHandshakes).isEqualTo(dropped);
  }

  @Test
  void templateThatItsOwnerPutsBackIsToldAndKeepsTheOldCa() {
    Scenario scenario = rollover();
    scenario.workers().putBack = true;
    Instant start = scenario.world().time.instant();
    assertThatThrownBy(() -> apply(scenario, "one", SOAK)).hasMessageContaining("NL5108");
    assertThat(scenario.world().time.instant()).isBefore(start.plus(Duration.ofMinutes(2)));
    assertThat(trusted(scenario)).containsExactly("Booking CA G1", "Booking CA G2");
    scenario.workers().putBack = false;
    assertThat(apply(scenario, "two", SOAK).waiting()).isEmpty();
    assertSafe(scenario);
  }

  @Test
  void stuckRollOutKeepsTheOldCaAndLeavesTheWorkersAccepted() {
    Scenario scenario = rollover();
    scenario.workers().broken = true;
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5102")
        .hasMessageContaining("ProgressDeadlineExceeded");
    assertThat(trusted(scenario)).containsExactly("Booking CA G1", "Booking CA G2");
    assertThat(scenario.plan().applyable()).isFalse();
    scenario.workers().broken = false;
    scenario.world().time.pause(Duration.ofMinutes(1));
    assertThat(apply(scenario, "two", SOAK).waiting()).isEmpty();
    assertThat(scenario.plan().isEmpty()).isTrue();
    assertSafe(scenario);
  }

  @Test
  void newLeafThatIsRefusedIsNeverDelivered() {
    Scenario scenario = Scenario.of("leaf-renewal");
    scenario.world().authorities.swapped = true;
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5101")
        .hasMessageContaining("bad_certificate");
    assertThat(scenario.world().leaves.written).isEmpty();
    assertThat(scenario.world().cluster.effects).isEmpty();
    assertSafe(scenario);
  }

  @Test
  void replacedCaIsPutBackWhenALeafIsRefusedAndAskedAboutFromThenOn() {
    Scenario scenario = Scenario.of("ca-same-key");
    scenario.world().authorities.swapped = true;
    List<X509Certificate> before = scenario.world().cloud.bundle(scenario.namespace());
    assertThatThrownBy(() -> apply(scenario, "one", SOAK))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL5105");
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).isEqualTo(before);
    scenario.world().authorities.swapped = false;
    assertThat(apply(scenario, "two", SOAK).waiting())
        .extracting(Gate::id)
        .containsExactly("replace/namespace/temporal-booking.sdvdw/ca/booking-g1");
    assertThat(
            apply(scenario, "three", SOAK, "replace/namespace/temporal-booking.sdvdw/ca/booking-g1")
                .waiting())
        .isEmpty();
    assertThat(scenario.plan().isEmpty()).isTrue();
    assertThat(scenario.world().cloud.bundle(scenario.namespace())).hasSize(1).isNotEqualTo(before);
    assertThat(scenario.world().leaves.written).isEmpty();
    assertSafe(scenario);
  }

  @Test
  void leafThatSomebodyElseWroteSinceThePlanStopsTheRun() {
    Scenario scenario = Scenario.of("leaf-renewal");
    Plan plan = scenario.plan();
    LeafProfile other =
        new LeafProfile(
            scenario.desired().leaves().getFirst().profile().subject(),
            scenario.desired().leaves().getFirst().profile().key(),
            Duration.ofDays(3),
            List.of());
    var foreign = FakeAuthorities.foreign("Somebody", Scenario.NOW);
    scenario
        .world()
        .leaves
        .put(
            WORKERS_LEAF,
            scenario.world().authorities.leaf(foreign, other, Scenario.NOW),
            Scenario.NOW);
    Applier applier =
        new Applier(
            scenario.world().ports(), scenario.journal(), Scenario.options("one", SOAK), _ -> {});
    assertThatThrownBy(() -> Scenario.carriedOut(applier, plan)).hasMessageContaining("NL5106");
    assertThat(scenario.world().leaves.written).isEmpty();
    assertThat(scenario.journal().unfinished()).isEmpty();
  }

  @Test
  void replicasComeBackAfterACrashAtZero() {
    Scenario scenario = Scenario.of("ca-rollover", "restart: rolling", "restart: scale");
    Applier applier =
        new Applier(
            scenario.world().ports(),
            scenario.journal(),
            Scenario.options("killed", SOAK),
            event -> {
              if (event instanceof ApplyEvent.Progressed(_, Progress.PodsLeft(var left))
                  && left == 0) {
                throw new Tripwire.Killed("at zero");
              }
            });
    assertThatThrownBy(() -> applier.apply(scenario.plan())).isInstanceOf(Tripwire.Killed.class);
    Applier.Result result = apply(scenario, "two", SOAK);
    assertThat(result.waiting()).isEmpty();
    assertThat(scenario.workers().pods).hasSize(3).allMatch(p -> p.ready);
    assertThat(scenario.world().cluster.effects)
        .containsExactly("scale down deployment/temporal-booking/temporal-booking-worker");
    assertSafe(scenario);
  }

  @Test
  void replicasComeBackWhenPodsDoNotGo() {
    Scenario scenario = Scenario.of("ca-rollover", "restart: rolling", "restart: scale");
    scenario.workers().podsLinger = true;
    assertThatThrownBy(() -> apply(scenario, "one", SOAK)).hasMessageContaining("NL5102");
    scenario.workers().podsLinger = false;
    scenario.world().time.pause(SOAK);
    assertThat(scenario.workers().observed(WORKERS_LEAF).replicas()).isEqualTo(3);
    assertThat(scenario.workers().pods).hasSize(3).allMatch(p -> p.ready);
  }

  @Test
  void foreignCasStayAndExpiredOnesGoInTheSameUpdate() {
    Scenario scenario = rollover();
    X509Certificate foreign =
        FakeAuthorities.foreign("Payments CA", Scenario.NOW.minus(Duration.ofDays(30)))
            .certificate();
    X509Certificate expired =
        FakeAuthorities.foreign("Ancient CA", Scenario.NOW.minus(Duration.ofDays(500)))
            .certificate();
    scenario.world().cloud.addByHand(scenario.namespace(), foreign);
    scenario.world().cloud.addByHand(scenario.namespace(), expired);
    assertThat(apply(scenario, "one", SOAK).waiting()).isEmpty();
    assertThat(trusted(scenario)).containsExactly("Payments CA G1", "Booking CA G2");
    assertThat(scenario.world().cloud.effects)
        .containsExactly("trust CN=Booking CA G2,O=Temporal", "retire");
    assertSafe(scenario);
  }

  @Test
  void filtersAreWidenedBeforeALeafThatNeedsItAndNarrowedAtTheEnd() {
    Scenario before = rollover();
    Scenario renamed =
        Scenario.of("ca-rollover", "ommonName: temporal-booking.sdvdw", "ommonName: renamed");
    Scenario scenario =
        new Scenario(renamed.desired(), before.world(), before.state(), before.wish());
    assertThat(apply(scenario, "one", SOAK).waiting()).isEmpty();
    assertThat(scenario.world().cloud.effects)
        .containsExactly("filter", "trust CN=Booking CA G2,O=Temporal", "retire", "filter");
    assertThat(scenario.plan().isEmpty()).isTrue();
    assertSafe(scenario);
  }
}
