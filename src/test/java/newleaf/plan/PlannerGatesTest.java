package newleaf.plan;

import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static newleaf.plan.TestWorld.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import newleaf.cert.Certificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Restart;
import newleaf.desired.Retire;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedNamespace.State;
import org.junit.jupiter.api.Test;

/// What a plan waits for, and what keeps it from being applied.
class PlannerGatesTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration FRESH = Duration.ofDays(25);

  private static TestWorld due() {
    return steady(Duration.ofDays(60), FRESH);
  }

  @Test
  void clientNobodyVouchesForKeepsTheOldCa() {
    assertThat(Lines.gates(due().client("starter", "booking", false).plan()))
        .containsExactly(
            "clients/ca/booking-g1 s2,s3,s4>s5 of starter", "soak/ca/booking-g1 s2,s3,s4>s5");
    assertThat(Lines.gates(due().client("starter", "booking", true).plan()))
        .containsExactly("soak/ca/booking-g1 s2,s3,s4>s5");
  }

  @Test
  void clientOfAnotherCaIsNotAskedAbout() {
    TestWorld world = due().ca(Facts.ca("pay")).leaf(Facts.leaf("pay", "pay"));
    world.has("pay", 1, YEAR).client("starter", "pay", false);
    assertThat(Lines.gates(world.plan())).containsExactly("soak/ca/booking-g1 s2,s3,s4>s5");
  }

  @Test
  void missingNamespaceDoesNotHideTheRest() {
    TestWorld world = due().namespace("gone.sdvdw", "booking");
    world.worker("lost", "booking", "gone.sdvdw", Restart.ROLLING).runs("lost", "old");
    Plan plan = world.plan();
    assertThat(Lines.blockers(plan)).containsExactly("NL5001 namespace/gone.sdvdw");
    assertThat(plan.applyable()).isFalse();
    assertThat(Lines.verbs(plan))
        .containsExactly("issue", "trust", "reissue", "reissue", "roll", "roll", "retire");
  }

  @Test
  void leafOfACaStillToBeMadeWaitsForItEvenWithoutANamespace() {
    TestWorld world = wanted();
    world.foundNamespaces.clear();
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 issue ca/booking-g1 Missing",
            "s2 reissue secret/apps/worker-tls Missing <s1",
            "s3 roll deployment/apps/worker LeafReissued <s2");
  }

  @Test
  void namespaceThatIsBeingUpdatedOrNotActiveBlocksTrustAndRetirement() {
    TestWorld trust = due();
    trust.found(NS, State.UPDATING, 700, List.of(), trust.ca("booking", 1));
    assertThat(trust.plan().blockers())
        .singleElement()
        .extracting(b -> b.text().toString())
        .asString()
        .startsWith("NL5002 namespace/booking.sdvdw: is being updated by operation op-7;");
    TestWorld retire = due().has("booking", 2, YEAR);
    retire
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new")
        .found(
            NS,
            State.UNAVAILABLE,
            1400,
            List.of(),
            retire.ca("booking", 1),
            retire.ca("booking", 2));
    assertThat(Lines.blockers(retire.plan())).containsExactly("NL5003 namespace/booking.sdvdw");
  }

  @Test
  void fullBundleIsBlockedByCountAndBySize() {
    assertThat(Lines.blockers(withForeign(14, 700).plan())).isEmpty();
    assertThat(Lines.blockers(withForeign(15, 700).plan()))
        .containsExactly("NL5004 namespace/booking.sdvdw");
    assertThat(Lines.blockers(withForeign(1, 30 * 1024).plan())).isEmpty();
    assertThat(Lines.blockers(withForeign(1, 30 * 1024 + 1).plan()))
        .containsExactly("NL5004 namespace/booking.sdvdw");
  }

  @Test
  void expiredCasLeaveRoom() {
    TestWorld world = due();
    Certificate[] bundle =
        IntStream.range(0, 16)
            .mapToObj(i ->
                i == 0
                    ? world.ca("booking", 1)
                    : Facts.foreign("Acme " + i, i == 1 ? Duration.ofDays(-1) : YEAR))
            .toArray(Certificate[]::new);
    assertThat(Lines.blockers(world.accepts(NS, bundle).plan())).isEmpty();
  }

  private static TestWorld withForeign(int count, int bytes) {
    TestWorld world = due();
    Certificate[] bundle =
        IntStream.rangeClosed(0, count)
            .mapToObj(i -> i == 0 ? world.ca("booking", 1) : Facts.foreign("Acme " + i, YEAR))
            .toArray(Certificate[]::new);
    return world.found(NS, State.ACTIVE, bytes, List.of(), bundle);
  }

  @Test
  void foreignCaOfTheNextSubjectBlocks() {
    TestWorld world = due();
    Certificate twin =
        Facts.made(
            Facts.ca("twin", Facts.subject("Booking CA"), KeyAlgorithm.EC_P384, Retire.MANUAL),
            2,
            YEAR);
    world.accepts(NS, world.ca("booking", 1), twin);
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5005 namespace/booking.sdvdw");
  }

  @Test
  void expiredTwinDoesNotBlockSinceTheSameUpdateDropsIt() {
    TestWorld world = due();
    Certificate twin =
        Facts.made(
            Facts.ca("twin", Facts.subject("Booking CA"), KeyAlgorithm.EC_P384, Retire.MANUAL),
            2,
            Duration.ofDays(-1));
    world.accepts(NS, world.ca("booking", 1), twin);
    assertThat(Lines.blockers(world.plan())).isEmpty();
    assertThat(Lines.actions(world.plan(), Action.TrustCa.class).getFirst().expired())
        .containsExactly(twin.fingerprint());
  }

  /// Both trust steps may run before the first old CA goes.
  @Test
  void twoCasThatRotateInOneNamespaceNeedRoomForBoth() {
    assertThat(Lines.blockers(twoRotations(12, 700).plan())).isEmpty();
    assertThat(Lines.blockers(twoRotations(13, 700).plan()))
        .containsExactly("NL5004 namespace/booking.sdvdw");
    assertThat(Lines.blockers(twoRotations(1, 28 * 1024).plan())).isEmpty();
    Plan plan = twoRotations(1, 28 * 1024 + 1).plan();
    assertThat(plan.blockers())
        .singleElement()
        .extracting(b -> b.text().what())
        .asString()
        .contains("2 more do not fit into 16 CAs and 32 KB");
  }

  private static TestWorld twoRotations(int foreign, int bytes) {
    TestWorld world = due().ca(Facts.ca("pay")).namespace(NS, "booking", "pay");
    world.has("pay", 1, Duration.ofDays(60));
    List<Certificate> bundle = new ArrayList<>(List.of(world.ca("booking", 1), world.ca("pay", 1)));
    IntStream.range(0, foreign).forEach(i -> bundle.add(Facts.foreign("Acme " + i, YEAR)));
    return world.found(NS, State.ACTIVE, bytes, List.of(), bundle.toArray(Certificate[]::new));
  }

  @Test
  void secretOfAnotherOwnerBlocks() {
    TestWorld world = due();
    ObservedLeaf now = world.foundLeaves.get(TestWorld.secret("worker"));
    world.foundLeaves.put(
        now.place(),
        new ObservedLeaf(
            now.place(),
            now.certificate(),
            now.issuedBy(),
            true,
            now.version(),
            now.writtenAt(),
            Optional.of("cert-manager")));
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5006 secret/apps/worker-tls");
  }

  @Test
  void deploymentThatCanNotBeRolledBlocks() {
    assertThat(Lines.blockers(due().runs("worker", false, false, Optional.empty(), "old").plan()))
        .containsExactly("NL5007 deployment/apps/worker");
    assertThat(Lines.blockers(due().runs("worker", true, false, Optional.empty(), "old").plan()))
        .containsExactly("NL5008 deployment/apps/worker");
    Plan stuck = due().runs("worker", true, true, Optional.of("no image"), "old").plan();
    assertThat(Lines.blockers(stuck)).containsExactly("NL5009 deployment/apps/worker");
    assertThat(stuck.blockers().getFirst().text().what()).isEqualTo("can not roll out: no image.");
  }

  @Test
  void deploymentThatNobodyHasToRollIsNotAskedAbout() {
    assertThat(Lines.blockers(steady().runs("worker", false, false, Optional.empty(), "x").plan()))
        .isEmpty();
  }

  @Test
  void blockersAreShownAllAtOnceAndOnceEach() {
    TestWorld world = due().namespace("gone.sdvdw", "booking");
    world
        .found(NS, State.UPDATING, 700, List.of(), world.ca("booking", 1))
        .runs("worker", false, false, Optional.empty(), "old");
    assertThat(Lines.blockers(world.plan()))
        .containsExactly(
            "NL5002 namespace/booking.sdvdw",
            "NL5001 namespace/gone.sdvdw",
            "NL5007 deployment/apps/worker");
  }
}
