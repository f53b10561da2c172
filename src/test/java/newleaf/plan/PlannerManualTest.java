package newleaf.plan;

import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.Retire;
import newleaf.observed.IssuedLeaf;
import newleaf.observed.LeafPlace;
import newleaf.observed.Recorded;
import org.junit.jupiter.api.Test;

/// `retire: manual`: the old CA goes by a plan of its own, with its evidence.
class PlannerManualTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration FRESH = Duration.ofDays(25);
  private static final String SOAK = "soak/ca/booking-g1";

  private static TestWorld manual(TestWorld world) {
    return world.ca(
        Facts.ca("booking", Facts.subject("booking CA"), KeyAlgorithm.EC_P384, Retire.MANUAL));
  }

  /// The CA is due.
  private static TestWorld due() {
    return manual(steady(Duration.ofDays(60), FRESH));
  }

  /// Everybody is on the next generation, and the old one is still accepted.
  private static TestWorld moved() {
    TestWorld world = due().has("booking", 2, YEAR);
    return world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .holds("worker", "new", 2, FRESH)
        .runs("worker", "new");
  }

  @Test
  void planThatMovesEverybodyLeavesTheOldCaAccepted() {
    Plan plan = due().plan();
    assertThat(Lines.verbs(plan)).containsExactly("issue", "trust", "reissue", "roll");
    assertThat(Lines.gates(plan)).containsExactly(SOAK + " s2,s3,s4>");
    assertThat(plan.evidence()).isEmpty();
    Duration moving = Duration.ofSeconds(1 + 40 + 5 + 3 * 30);
    assertThat(plan.laterRemovals())
        .containsExactly(
            new LaterRemoval(
                "booking",
                "ca/booking-g1",
                List.of(NS),
                List.of(),
                SOAK,
                Facts.NOW.plus(moving).plus(Duration.ofMinutes(10))));
    assertThat(plan.rotations().getFirst().takes()).isEqualTo(moving);
  }

  @Test
  void removalIsPlannedOnceEverybodyHasMovedAndWaitsForSoakAndApproval() {
    Plan plan = moved().plan();
    assertThat(Lines.steps(plan)).containsExactly("s1 retire namespace/" + NS + " NoLongerUsed");
    assertThat(Lines.gates(plan)).containsExactly(SOAK + " >s1", "retire/ca/booking-g1 >s1");
    assertThat(plan.laterRemovals()).isEmpty();
    Instant opened = Facts.NOW.minus(Duration.ofDays(1));
    Plan approved = moved().recorded(Map.of(SOAK, opened), "retire/ca/booking-g1").plan();
    assertThat(Lines.gates(approved))
        .containsExactly(
            SOAK + " >s1 until " + opened.plus(Duration.ofMinutes(10)),
            "retire/ca/booking-g1 >s1 given");
    assertThat(approved.summary().runnableNow()).isEqualTo(1);
  }

  @Test
  void soakThatIsOverIsNotWhatComesNextWhileAPersonIsAsked() {
    Instant opened = Facts.NOW.minus(Duration.ofDays(1));
    Optional<Due> next = moved().recorded(Map.of(SOAK, opened)).plan().nextDue();
    assertThat(next).map(Due::what).contains(Due.What.RENEWAL);
  }

  @Test
  void evidenceHasEveryHolderWithItsLeafAndSinceWhen() {
    TestWorld world = moved().client("cli", "booking", true).client("partner", "booking", false);
    LeafPlace.Secret place = new LeafPlace.Secret("apps", "starter-tls");
    world.client(
        "starter",
        "booking",
        place,
        Facts.issued(world.leaves.get("booking"), "theirs", world.ca("booking", 2), FRESH),
        2);
    Evidence evidence = world.plan().evidence().getFirst();
    assertThat(evidence.ca()).isEqualTo("ca/booking-g1");
    assertThat(evidence.steps()).containsExactly("s1");
    assertThat(evidence.holders())
        .containsExactly(
            new Evidence.Held(
                "workers/worker",
                "secret/apps/worker-tls",
                Optional.of(Facts.fingerprint("new")),
                Optional.of("ca/booking-g2"),
                Optional.of(new Evidence.Pods(2, 2)),
                Optional.of(Facts.NOW.minus(Duration.ofDays(9))),
                Optional.empty()),
            new Evidence.Held(
                "clients/starter",
                "secret/apps/starter-tls",
                Optional.of(Facts.fingerprint("theirs")),
                Optional.of("ca/booking-g2"),
                Optional.empty(),
                Optional.of(Facts.NOW.minus(Duration.ofDays(5))),
                Optional.of(Facts.AT)));
    assertThat(evidence.clients())
        .containsExactly(
            new Evidence.Client("cli", true, Facts.AT),
            new Evidence.Client("partner", false, Facts.AT));
    assertThat(evidence.elsewhere()).isEmpty();
  }

  @Test
  void evidenceHasTheLedgersLastLeafOfTheOldCaAtEachPlace() {
    TestWorld world = moved();
    var leaf = world.leaves.get("booking");
    var old = world.ca("booking", 1);
    world.issued("secret/apps/gone-tls", leaf, old, FRESH, NS);
    world.issued("secret/apps/worker-tls", leaf, world.ca("booking", 2), FRESH, NS);
    List<IssuedLeaf> ledger = new java.util.ArrayList<>(world.recorded.issued());
    IssuedLeaf latest = ledger.removeLast();
    Instant end = Facts.NOW.plus(Duration.ofDays(3));
    ledger.add(
        new IssuedLeaf(
            latest.place(),
            latest.leaf(),
            latest.issuer(),
            latest.notAfter(),
            latest.profile(),
            latest.namespaces(),
            List.of(
                new IssuedLeaf.Earlier(Facts.fingerprint("before"), old.fingerprint(), end),
                new IssuedLeaf.Earlier(
                    Facts.fingerprint("other"), Facts.fingerprint("other CA"), end))));
    Recorded was = world.recorded;
    world.recorded =
        new Recorded(
            was.journal(),
            was.gatesOpenedAt(),
            was.approvals(),
            was.putBack(),
            was.rolledBack(),
            ledger);
    assertThat(world.plan().evidence().getFirst().ledger())
        .containsExactly(
            new Evidence.Issued(
                "secret/apps/gone-tls",
                Facts.fingerprint("secret/apps/gone-tls"),
                Facts.NOW.plus(FRESH),
                Evidence.Fate.FORGOTTEN),
            new Evidence.Issued(
                "secret/apps/worker-tls",
                Facts.fingerprint("before"),
                end,
                Evidence.Fate.REPLACED));
  }

  @Test
  void evidenceChangesNoDigest() {
    TestWorld later = moved();
    later.writtenAt(TestWorld.secret("worker"), Facts.NOW.minus(Duration.ofHours(1)));
    later.client("cli", "booking", true);
    assertThat(later.plan().evidence()).isNotEqualTo(moved().plan().evidence());
    assertThat(later.plan().digest()).isEqualTo(moved().plan().digest());
  }

  @Test
  void afterVerifyShowsItsEvidenceOnlyWhenTheRemovalIsNext() {
    assertThat(steady(Duration.ofDays(60), FRESH).plan().evidence()).isEmpty();
    TestWorld world = moved().ca(Facts.ca("booking"));
    assertThat(Lines.gates(world.plan())).containsExactly(SOAK + " >s1");
    assertThat(world.plan().evidence()).hasSize(1);
  }

  @Test
  void strayPodKeepsTheRemovalOutOfThePlan() {
    Plan plan = moved().runs("worker", "old").plan();
    assertThat(Lines.verbs(plan)).containsExactly("roll");
    assertThat(plan.laterRemovals()).extracting(LaterRemoval::ca).containsExactly("ca/booking-g1");
  }

  @Test
  void filtersAreNarrowedOnlyAfterTheRemoval() {
    TestWorld world = due().filters(NS, Facts.commonName("booking.sdvdw"));
    world.filteredBy(NS, Facts.commonName("booking.sdvdw"), Facts.commonName("old-*"));
    Plan move = world.plan();
    assertThat(Lines.verbs(move)).doesNotContain("filter");
    assertThat(move.laterRemovals().getFirst().narrowed()).containsExactly(NS);
    TestWorld then = moved().filters(NS, Facts.commonName("booking.sdvdw"));
    then.filteredBy(NS, Facts.commonName("booking.sdvdw"), Facts.commonName("old-*"));
    assertThat(Lines.verbs(then.plan())).containsExactly("retire", "filter");
  }

  @Test
  void filtersAreWidenedAtOnce() {
    TestWorld world =
        due().filters(NS, Facts.commonName("booking.sdvdw"), Facts.commonName("new-*"));
    world.filteredBy(NS, Facts.commonName("booking.sdvdw"));
    assertThat(Lines.verbs(world.plan()))
        .containsExactly("issue", "trust", "reissue", "roll", "filter");
  }

  @Test
  void caThatANamespaceIsToAcceptNoLongerGoesByAPlanOfItsOwnToo() {
    TestWorld world = manual(steady()).ca(Facts.ca("pay")).has("pay", 1, YEAR);
    world.leaf(Facts.leaf("booking", "pay")).namespace(NS, "pay");
    Plan plan = world.plan();
    String soak = "soak/namespace/" + NS + "/ca/booking-g1";
    assertThat(Lines.verbs(plan)).containsExactly("trust", "reissue", "roll");
    assertThat(plan.laterRemovals()).extracting(LaterRemoval::soak).containsExactly(soak);
    assertThat(Lines.gates(plan)).containsExactly(soak + " s1,s2,s3>");
  }

  @Test
  void expiredCaWaitsForNobody() {
    TestWorld world = manual(steady(Duration.ofDays(-1), FRESH));
    assertThat(world.plan().laterRemovals()).isEmpty();
  }
}
