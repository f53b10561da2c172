package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Renewal;
import newleaf.desired.Restart;
import newleaf.desired.Retire;
import newleaf.observed.ObservedCa;
import newleaf.observed.Recorded;
import newleaf.observed.RolledBack;
import org.junit.jupiter.api.Test;

/// A CA goes back to an earlier generation, stays there, and goes forward again.
class PlannerRollbackTest {
  private static final Duration FRESH = Duration.ofDays(25);
  private static final Duration YEAR = Duration.ofDays(364);
  private static final Duration WINDOW = Duration.ofDays(60);
  private static final Duration LEAF_WINDOW = Duration.ofDays(10);
  private static final Rollback BACK = new Rollback("booking", 2, 1, false);
  private static final Instant THEN = NOW.minus(Duration.ofHours(9));
  private static final String FORWARD = "newleaf rollback booking --to g2";

  /// Everybody is on G2; G1 has 50 days left and is gone from the bundle.
  private static TestWorld rotated() {
    return rotated(Duration.ofDays(50));
  }

  private static TestWorld rotated(Duration left) {
    TestWorld world = wanted().has("booking", 1, left).has("booking", 2, YEAR);
    return world
        .accepts(NS, world.ca("booking", 2))
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new");
  }

  private static Plan rollback(TestWorld world) {
    return Planner.plan(world.desired(), world.observed(), NOW, Optional.of(BACK));
  }

  private static TestWorld recorded(TestWorld world, int from, int to) {
    world.recorded = world.recorded.with(new RolledBack("booking", from, to, THEN, "ann"));
    return world;
  }

  /// As a rollback leaves it.
  private static TestWorld back(TestWorld world) {
    world
        .accepts(NS, world.ca("booking", 2), world.ca("booking", 1))
        .holds("worker", "back", 1, FRESH)
        .runs("worker", "back");
    return recorded(world, 2, 1);
  }

  @Test
  void removedCaIsTrustedAgainAndTheLeavesComeFromIt() {
    Plan plan = rollback(rotated());
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 trust namespace/booking.sdvdw NotTrusted",
            "s2 reissue secret/apps/worker-tls WrongIssuer <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2");
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.blockers()).isEmpty();
    assertThat(plan.rollback()).contains(BACK);
    Action.TrustCa trust = Lines.actions(plan, Action.TrustCa.class).getFirst();
    assertThat(trust.ca().address()).isEqualTo("ca/booking-g1");
    assertThat(trust.replaces()).isEmpty();
  }

  @Test
  void halfwayThroughTheRotationOnlyWhoMovedGoesBack() {
    TestWorld world = rotated();
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .worker("other", "booking", NS, Restart.ROLLING)
        .holds("other", "old", 1, FRESH)
        .runs("other", "old");
    assertThat(Lines.steps(rollback(world)))
        .containsExactly(
            "s1 reissue secret/apps/worker-tls WrongIssuer",
            "s2 roll deployment/apps/worker LeafReissued <s1");
  }

  @Test
  void podsThatHaveNotComeBackYetAreRolled() {
    TestWorld world = back(rotated()).runs("worker", "new");
    assertThat(Lines.steps(world.plan()))
        .containsExactly("s1 roll deployment/apps/worker NotLoaded");
  }

  @Test
  void nothingHasToMoveForItAndItIsStillSomethingToApply() {
    TestWorld world = back(rotated());
    world.recorded = Recorded.NOTHING;
    Plan plan = rollback(world);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.isEmpty()).isFalse();
    recorded(world, 2, 1);
    assertThat(rollback(world).isEmpty()).isTrue();
    assertThat(rollback(world).digest()).isEqualTo(plan.digest());
    assertThat(world.plan().digest()).isNotEqualTo(plan.digest());
  }

  @Test
  void laterPlansKeepToItThoughItIsInsideItsWindowAndSaySo() {
    Plan plan = back(rotated()).plan();
    assertThat(plan.isEmpty()).isTrue();
    Instant until = NOW.plus(Duration.ofDays(50)).minus(LEAF_WINDOW);
    assertThat(plan.notices())
        .containsExactly(
            new Notice(
                Notice.What.ROLLED_BACK,
                "ca/booking-g1",
                "rolled back from G2 at %s by ann; forward again with: %s".formatted(THEN, FORWARD),
                until),
            new Notice(
                Notice.What.ROLLED_BACK_ENDS_SOON,
                "ca/booking-g1",
                "CN=booking CA G1,O=Temporal",
                NOW.plus(Duration.ofDays(50))));
    assertThat(plan.upcoming()).contains(new Due("ca/booking-g1", Due.What.RENEWAL, until));
  }

  @Test
  void outsideItsWindowNobodyIsWarned() {
    assertThat(back(rotated(WINDOW.plusSeconds(1))).plan().notices())
        .extracting(Notice::what)
        .containsExactly(Notice.What.ROLLED_BACK);
  }

  @Test
  void newestIsNotRetiredWhileItStays() {
    TestWorld world = back(rotated()).recorded(Map.of(), "retire/ca/booking-g2");
    assertThat(world.plan().steps()).isEmpty();
  }

  @Test
  void itGoesForwardByItselfWhenItsLeavesCanNotBeRenewedAnyMore() {
    assertThat(back(rotated(LEAF_WINDOW.plusSeconds(1))).plan().steps()).isEmpty();
    Plan plan = back(rotated(LEAF_WINDOW)).plan();
    assertThat(Lines.verbs(plan)).containsExactly("reissue", "roll", "retire");
    assertThat(Lines.actions(plan, Action.ReissueLeaf.class).getFirst().ca().generation())
        .isEqualTo(2);
    assertThat(plan.notices()).isEmpty();
  }

  @Test
  void lostKeyEndsItToo() {
    TestWorld world = back(rotated());
    world.has(new ObservedCa("booking", 1, world.ca("booking", 1), false));
    assertThat(Lines.verbs(world.plan())).containsExactly("reissue", "roll", "retire");
  }

  @Test
  void yamlThatAsksForAnotherCaEndsIt() {
    TestWorld world = back(rotated());
    world.ca(
        Facts.ca("booking", Facts.subject("booking"), KeyAlgorithm.RSA_4096, Retire.AFTER_VERIFY));
    assertThat(Lines.steps(world.plan())).first().isEqualTo("s1 issue ca/booking-g3 SpecChanged");
    // killed after making it: G3 is what is wanted now
    world.has("booking", 3, YEAR);
    assertThat(Lines.verbs(world.plan()))
        .containsExactly("trust", "reissue", "roll", "retire", "retire");
  }

  @Test
  void yamlThatIsTakenBackToTheOldCaKeepsItThere() {
    TestWorld world = rotated();
    Certificate rsa =
        Facts.made(
            Facts.ca("booking", Facts.subject("booking"), KeyAlgorithm.RSA_4096, Retire.MANUAL),
            1,
            YEAR);
    world.has(new ObservedCa("booking", 1, rsa, true));
    world = back(world);
    assertThat(world.plan().steps()).isEmpty();
    world.ca(Facts.ca("booking", Facts.subject("booking"), KeyAlgorithm.RSA_4096, Retire.MANUAL));
    assertThat(world.plan().steps()).isEmpty();
  }

  @Test
  void forwardAgainItRotatesAndRetiresAsEver() {
    TestWorld world = back(rotated());
    Plan plan =
        Planner.plan(
            world.desired(), world.observed(), NOW, Rollback.to(2, "booking", world.observed()));
    assertThat(plan.rollback()).contains(new Rollback("booking", 2, 2, false));
    assertThat(Lines.verbs(plan)).containsExactly("reissue", "roll", "retire");
    assertThat(Lines.gates(plan)).isNotEmpty();
    recorded(world, 2, 2);
    assertThat(world.plan().steps()).isEqualTo(plan.steps());
  }

  @Test
  void otherRotationsAndRemovalsAreNotPartOfIt() {
    TestWorld world = rotated().ca(Facts.ca("payments")).has("payments", 1, WINDOW);
    world.accepts(NS, world.ca("booking", 2), world.ca("payments", 1));
    assertThat(Lines.verbs(world.plan())).contains("retire");
    assertThat(rollback(world).steps()).allMatch(s -> s.rotation().equals("booking"));
    assertThat(Lines.verbs(rollback(world))).containsExactly("trust", "reissue", "roll");
  }

  @Test
  void filtersAreSettledByTheNextPlanNeitherOnTheWayBackNorForward() {
    TestWorld world = back(rotated());
    CertificateFilter all =
        new CertificateFilter(
            Optional.of("*"), Optional.empty(), Optional.empty(), Optional.empty());
    world.filters(NS, all);
    assertThat(Lines.verbs(world.plan())).containsExactly("filter");
    assertThat(rollback(world).steps()).isEmpty();
    Plan forward =
        Planner.plan(
            world.desired(), world.observed(), NOW, Rollback.to(2, "booking", world.observed()));
    assertThat(Lines.verbs(forward)).containsExactly("reissue", "roll", "retire");
  }

  @Test
  void namespaceTrustsItBeforeALeafForItComesFromIt() {
    String other = "reports.sdvdw";
    TestWorld world = rotated().namespace(other, "booking");
    world
        .accepts(other, world.ca("booking", 2), world.ca("booking", 1))
        .worker("other", "booking", other, Restart.ROLLING)
        .holds("other", "new too", 2, FRESH)
        .runs("other", "new too");
    assertThat(Lines.steps(rollback(world)))
        .containsExactly(
            "s1 trust namespace/booking.sdvdw NotTrusted",
            "s2 reissue secret/apps/worker-tls WrongIssuer <s1",
            "s3 reissue secret/apps/other-tls WrongIssuer",
            "s4 roll deployment/apps/worker LeafReissued <s2",
            "s5 roll deployment/apps/other LeafReissued <s3");
  }

  @Test
  void renewedCertificateIsReplacedByTheOneBeforeAndNoLeafMoves() {
    TestWorld world = wanted().has("booking", 1, WINDOW);
    world.ca(Facts.renewing(world.cas.get("booking"), Renewal.SAME_KEY));
    Certificate second = Facts.renewed(world.cas.get("booking"), 2, world.ca("booking", 1), YEAR);
    world.has(new ObservedCa("booking", 2, second, true));
    world
        .accepts(NS, world.ca("booking", 2))
        .holds("worker", "old", 2, FRESH)
        .runs("worker", "old");
    Plan plan = rollback(world);
    assertThat(Lines.steps(plan)).containsExactly("s1 trust namespace/booking.sdvdw NotTrusted");
    assertThat(plan.blockers()).isEmpty();
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().replaces())
        .map(CaGeneration::address)
        .contains("ca/booking-g2");
    recorded(world.accepts(NS, world.ca("booking", 1)), 2, 1);
    assertThat(world.plan().steps()).isEmpty();
    Plan forward =
        Planner.plan(
            world.desired(), world.observed(), NOW, Rollback.to(2, "booking", world.observed()));
    assertThat(Lines.steps(forward)).containsExactly("s1 trust namespace/booking.sdvdw NotTrusted");
  }

  @Test
  void whereAnotherCaHasItsNameByNowItIsRefused() {
    TestWorld world = rotated();
    Certificate twin = Facts.foreign("booking G1", YEAR);
    Certificate named = world.ca("booking", 1);
    Certificate same =
        new Certificate(
            twin.fingerprint(),
            named.subject(),
            named.subject(),
            twin.validity(),
            twin.subjectAlternativeNames(),
            twin.key(),
            true);
    world.accepts(NS, world.ca("booking", 2), same);
    assertThat(Lines.blockers(rollback(world))).containsExactly("NL5005 namespace/booking.sdvdw");
  }

  @Test
  void fullBundleHasNoRoomForIt() {
    TestWorld world = rotated();
    Certificate[] bundle = new Certificate[16];
    bundle[0] = world.ca("booking", 2);
    for (int i = 1; i < bundle.length; i++) {
      bundle[i] = Facts.foreign("Acme " + i, YEAR);
    }
    assertThat(Lines.blockers(rollback(world.accepts(NS, bundle))))
        .containsExactly("NL5004 namespace/booking.sdvdw");
  }

  @Test
  void whatCanNotIssueLeavesThatLastIsRefused() {
    assertThat(Lines.blockers(rollback(rotated(LEAF_WINDOW))))
        .containsExactly("NL5023 ca/booking-g1");
    assertThat(rollback(rotated(Duration.ofDays(-1))).steps()).isEmpty();
    TestWorld lost = rotated();
    lost.has(new ObservedCa("booking", 1, lost.ca("booking", 1), false));
    assertThat(Lines.blockers(rollback(lost))).containsExactly("NL5021 ca/booking-g1");
  }

  @Test
  void generationThatWasMadeMeanwhileOrIsAskedForMakesItStale() {
    assertThat(Lines.blockers(rollback(rotated().has("booking", 3, YEAR))))
        .containsExactly("NL5022 ca/booking");
    TestWorld other = rotated();
    other.ca(
        Facts.ca("booking", Facts.subject("booking"), KeyAlgorithm.RSA_4096, Retire.AFTER_VERIFY));
    assertThat(Lines.blockers(rollback(other))).containsExactly("NL5024 ca/booking");
  }

  @Test
  void namesAndGenerationsThatCanNotBeAreNoRollback() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rollback("a; b", 2, 1, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rollback("booking", 1, 2, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rollback("booking", 2, 0, false));
  }

  @Test
  void theOneBeforeIsTheOneThatWasInUse() {
    TestWorld world = rotated().has("booking", 3, YEAR);
    assertThat(Rollback.before("booking", world.observed()))
        .contains(new Rollback("booking", 3, 2, false));
    recorded(world, 2, 1);
    assertThat(Rollback.before("booking", world.observed()))
        .contains(new Rollback("booking", 3, 1, false));
    recorded(world, 3, 1);
    assertThat(Rollback.before("booking", world.observed()))
        .contains(new Rollback("booking", 3, 2, false));
    assertThat(Rollback.before("booking", wanted().has("booking", 1, YEAR).observed())).isEmpty();
    assertThat(Rollback.to(4, "booking", world.observed())).isEmpty();
  }
}
