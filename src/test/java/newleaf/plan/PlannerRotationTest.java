package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static newleaf.plan.TestWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newleaf.cert.Certificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Restart;
import newleaf.desired.Retire;
import newleaf.observed.ObservedCa;
import org.junit.jupiter.api.Test;

/// What makes a CA due, and the order of its rotation, also from every place it can stop at.
class PlannerRotationTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration WINDOW = Duration.ofDays(60);
  private static final Duration FRESH = Duration.ofDays(25);
  private static final String SOAK = "soak/ca/booking-g1";

  /// G1 is inside its window.
  private static TestWorld due() {
    return steady(WINDOW, FRESH);
  }

  private static TestWorld g2Made() {
    return due().has("booking", 2, YEAR);
  }

  private static TestWorld g2Trusted() {
    TestWorld world = g2Made();
    return world.accepts(NS, world.ca("booking", 1), world.ca("booking", 2));
  }

  private static TestWorld leafNew() {
    return g2Trusted().holds("worker", "new", 2, Duration.ofDays(30));
  }

  private static TestWorld allNew() {
    return leafNew().runs("worker", "new");
  }

  @Test
  void nothingDueIsAnEmptyPlanThatSaysWhatIsNext() {
    Plan plan = steady().plan();
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.blockers()).isEmpty();
    assertThat(plan.deadline()).isEmpty();
    assertThat(plan.upcoming())
        .containsExactly(
            new Due("secret/apps/worker-tls", Due.What.RENEWAL, NOW.plus(Duration.ofDays(15))),
            new Due("ca/booking-g1", Due.What.RENEWAL, NOW.plus(Duration.ofDays(240))));
  }

  @Test
  void caInItsWindowIsIssuedTrustedUsedAndTheOldOneRetiredInThatOrder() {
    Plan plan = due().plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g2 NearingExpiry",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 reissue secret/apps/worker-tls WrongIssuer <s2",
            "s4 roll deployment/apps/worker LeafReissued <s3",
            "s5 retire namespace/booking.sdvdw NoLongerUsed <s2,s3,s4");
    assertThat(Lines.gates(plan)).containsExactly(SOAK + " s2,s3,s4>s5");
    assertThat(plan.deadline())
        .contains(new Due("secret/apps/worker-tls", Due.What.EXPIRY, NOW.plus(FRESH)));
    assertThat(plan.applyable()).isTrue();
  }

  @Test
  void caIsDueAtRenewAtAndNotOneSecondBefore() {
    assertThat(due().plan().isEmpty()).isFalse();
    assertThat(steady(WINDOW.plusSeconds(1), FRESH).plan().isEmpty()).isTrue();
  }

  @Test
  void expiredCaLeavesWithTheTrustUpdateAndWaitsForNoSoak() {
    TestWorld world = steady(Duration.ofSeconds(-1), FRESH);
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g2 Expired",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 reissue secret/apps/worker-tls WrongIssuer <s2",
            "s4 roll deployment/apps/worker LeafReissued <s3");
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().expired())
        .containsExactly(world.ca("booking", 1).fingerprint());
    assertThat(plan.gates()).isEmpty();
  }

  @Test
  void caIsStillGoodInItsLastSecond() {
    assertThat(Lines.steps(steady(Duration.ZERO, FRESH).plan()).getFirst())
        .isEqualTo("s1 issue ca/booking-g2 NearingExpiry");
  }

  @Test
  void expiredCaThatIsStillThereAfterTheSuccessorIsTrustedGoesWithoutSoak() {
    TestWorld world = steady(Duration.ofDays(-1), FRESH).has("booking", 2, YEAR);
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new");
    assertThat(Lines.verbs(world.plan())).containsExactly("retire");
    assertThat(world.plan().gates()).isEmpty();
  }

  @Test
  void lostKeyForcesTheNextGeneration() {
    TestWorld world = steady();
    world.has(new ObservedCa("booking", 1, world.ca("booking", 1), false));
    assertThat(Lines.steps(world.plan()).getFirst())
        .isEqualTo("s1 issue ca/booking-g2 KeyMismatch");
    assertThat(Lines.verbs(world.plan()))
        .containsExactly("issue", "trust", "reissue", "roll", "retire");
  }

  @Test
  void otherKeyOrSubjectInTheYamlForcesTheNextGeneration() {
    Plan key =
        steady()
            .ca(
                Facts.ca(
                    "booking", Facts.subject("booking CA"), KeyAlgorithm.RSA_4096, Retire.MANUAL))
            .plan();
    assertThat(key.steps().getFirst().reason())
        .isEqualTo(new Reason.SpecChanged("key", "ec-p384", "rsa-4096"));
    Plan subject =
        steady()
            .ca(Facts.ca("booking", Facts.subject("Other CA"), KeyAlgorithm.EC_P384, Retire.MANUAL))
            .plan();
    assertThat(subject.steps().getFirst().reason())
        .isEqualTo(
            new Reason.SpecChanged(
                "subject", "CN=booking CA G1,O=Temporal", "CN=Other CA,O=Temporal"));
  }

  @Test
  void subjectThatOnlyBeginsAlikeIsAnotherSubject() {
    TestWorld world =
        steady()
            .ca(Facts.ca("booking", Facts.subject("A"), KeyAlgorithm.EC_P384, Retire.MANUAL))
            .has("booking", 1, Duration.ofDays(300));
    world.ca(Facts.ca("booking", Facts.subject("A G1"), KeyAlgorithm.EC_P384, Retire.MANUAL));
    assertThat(world.plan().steps().getFirst().reason()).isInstanceOf(Reason.SpecChanged.class);
    TestWorld shorter =
        steady()
            .ca(Facts.ca("booking", Facts.subject("A Gold"), KeyAlgorithm.EC_P384, Retire.MANUAL))
            .has("booking", 1, Duration.ofDays(300));
    shorter.ca(Facts.ca("booking", Facts.subject("A"), KeyAlgorithm.EC_P384, Retire.MANUAL));
    assertThat(shorter.plan().steps().getFirst().reason()).isInstanceOf(Reason.SpecChanged.class);
  }

  @Test
  void firstRunMakesAndTrustsAndIssuesAndHasNothingToRetire() {
    Plan plan = wanted().plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g1 Missing",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 reissue secret/apps/worker-tls Missing <s2",
            "s4 roll deployment/apps/worker LeafReissued <s3");
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.deadline()).isEmpty();
  }

  @Test
  void stoppedAfterMakingTheCaItIsNotMadeAgain() {
    assertThat(Lines.steps(g2Made().plan()))
        .containsExactly(
            "s1 trust namespace/booking.sdvdw NotTrusted",
            "s2 reissue secret/apps/worker-tls WrongIssuer <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2",
            "s4 retire namespace/booking.sdvdw NoLongerUsed <s1,s2,s3");
  }

  @Test
  void stoppedAfterTrustTheLeafComesNext() {
    assertThat(Lines.steps(g2Trusted().plan()))
        .containsExactly(
            "s1 reissue secret/apps/worker-tls WrongIssuer",
            "s2 roll deployment/apps/worker LeafReissued <s1",
            "s3 retire namespace/booking.sdvdw NoLongerUsed <s1,s2");
  }

  @Test
  void stoppedAfterDeliveryThePodsComeNext() {
    Plan plan = leafNew().plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 roll deployment/apps/worker NotLoaded",
            "s2 retire namespace/booking.sdvdw NoLongerUsed <s1");
    assertThat(plan.steps().getFirst().reason())
        .isEqualTo(new Reason.NotLoaded(List.of("worker-1", "worker-2")));
  }

  @Test
  void whenAllIsNewOnlyTheRetirementIsLeftBehindItsSoak() {
    Plan plan = allNew().plan();
    assertThat(Lines.steps(plan)).containsExactly("s1 retire namespace/booking.sdvdw NoLongerUsed");
    assertThat(Lines.gates(plan)).containsExactly(SOAK + " >s1");
  }

  @Test
  void soakThatWasOpenedGoesOnWithTheSameEnd() {
    Instant opened = NOW.minus(Duration.ofMinutes(4));
    assertThat(Lines.gates(allNew().recorded(Map.of(SOAK, opened)).plan()))
        .containsExactly(SOAK + " >s1 until 2026-11-24T00:06:00Z");
    Instant longAgo = NOW.minus(Duration.ofDays(1));
    assertThat(Lines.gates(allNew().recorded(Map.of(SOAK, longAgo)).plan()))
        .containsExactly(SOAK + " >s1 until 2026-11-23T00:10:00Z");
  }

  @Test
  void soakThatWasOpenedDoesNotCountWhileStepsBeforeItAreLeft() {
    Instant opened = NOW.minus(Duration.ofDays(1));
    assertThat(Lines.gates(leafNew().recorded(Map.of(SOAK, opened)).plan()))
        .containsExactly(SOAK + " s1>s2");
  }

  @Test
  void whenTheOldCaIsGoneNothingIsDue() {
    TestWorld world = allNew();
    assertThat(world.accepts(NS, world.ca("booking", 2)).plan().isEmpty()).isTrue();
  }

  @Test
  void twoOldGenerationsEachGetTheirRetirementAndGate() {
    TestWorld world = allNew().has("booking", 3, YEAR);
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2), world.ca("booking", 3))
        .holds("worker", "newest", 3, FRESH)
        .runs("worker", "newest");
    assertThat(Lines.verbs(world.plan())).containsExactly("retire", "retire");
    assertThat(Lines.gates(world.plan())).containsExactly(SOAK + " >s1", "soak/ca/booking-g2 >s2");
  }

  @Test
  void leafWaitsForTheNamespacesItIsUsedInAndTheOldCaForEveryLeaf() {
    TestWorld world =
        due()
            .namespace("two.sdvdw", "booking")
            .worker("second", "booking", "two.sdvdw", Restart.ROLLING);
    world
        .accepts("two.sdvdw", world.ca("booking", 1))
        .holds("second", "second", 1, FRESH)
        .runs("second", "second");
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g2 NearingExpiry",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 trust namespace/two.sdvdw NotTrusted <s1",
            "s4 reissue secret/apps/worker-tls WrongIssuer <s2",
            "s5 reissue secret/apps/second-tls WrongIssuer <s3",
            "s6 roll deployment/apps/worker LeafReissued <s4",
            "s7 roll deployment/apps/second LeafReissued <s5",
            "s8 retire namespace/booking.sdvdw NoLongerUsed <s2,s4,s6",
            "s9 retire namespace/two.sdvdw NoLongerUsed <s3,s5,s7");
    assertThat(Lines.gates(plan)).containsExactly(SOAK + " s2,s3,s4,s5,s6,s7>s8,s9");
  }

  @Test
  void foreignCaIsNeverTouchedAndAnExpiredOneGoesWithTheTrustUpdate() {
    Certificate foreign = Facts.foreign("Acme", YEAR);
    Certificate expired = Facts.foreign("Old Acme", Duration.ofDays(-3));
    TestWorld world = due();
    world.accepts(NS, foreign, world.ca("booking", 1), expired);
    Plan plan = world.plan();
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().expired())
        .containsExactly(expired.fingerprint());
    assertThat(Lines.actions(plan, Action.RetireCa.class))
        .singleElement()
        .returns(world.ca("booking", 1), Action.RetireCa::certificate);
    TestWorld quiet = steady();
    assertThat(quiet.accepts(NS, foreign, quiet.ca("booking", 1), expired).plan().isEmpty())
        .isTrue();
  }

  @Test
  void expiredCaIsDroppedByTrustInOneNamespaceAndRetiredOnlyInTheOther() {
    TestWorld world =
        steady(Duration.ofDays(-1), FRESH)
            .namespace("two.sdvdw", "booking")
            .has("booking", 2, YEAR);
    world.accepts("two.sdvdw", world.ca("booking", 1), world.ca("booking", 2));
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 trust namespace/booking.sdvdw NotTrusted",
            "s2 reissue secret/apps/worker-tls WrongIssuer <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2",
            "s4 retire namespace/two.sdvdw Expired");
  }

  @Test
  void probesLookLikeTheLeafThatWorkersUseAndLiveForMinutes() {
    Action.TrustCa trust = Lines.actions(due().plan(), Action.TrustCa.class).getFirst();
    assertThat(trust.probe().subject()).isEqualTo(Facts.subject("booking.sdvdw"));
    assertThat(trust.probe().validity()).isEqualTo(Duration.ofMinutes(15));
    assertThat(trust.inUse()).containsExactly(TestWorld.secret("worker"));
    TestWorld nobody = due();
    nobody.workers.clear();
    nobody.leaves.clear();
    assertThat(Lines.actions(nobody.plan(), Action.TrustCa.class).getFirst().probe().subject())
        .isEqualTo(Facts.subject("newleaf-probe"));
  }

  @Test
  void knownNamesEveryGenerationAndNamespacesSayWhoAcceptsIt() {
    Plan plan = g2Trusted().plan();
    assertThat(plan.known())
        .extracting(Plan.Known::role, Plan.Known::address)
        .contains(tuple(Plan.Role.CA, "ca/booking-g1"), tuple(Plan.Role.CA, "ca/booking-g2"));
    assertThat(plan.namespaces())
        .extracting(Plan.NamespaceBefore::name, n -> n.accepted().size())
        .containsExactly(tuple(NS, 2));
    assertThat(wanted().plan().known()).isEmpty();
  }
}
