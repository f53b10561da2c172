package newleaf.plan;

import static newleaf.plan.Facts.NOW;
import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.secret;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.desired.ClientSpec;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.ObservedWorker;
import org.junit.jupiter.api.Test;

/// What makes a leaf due, and how whoever holds it comes to load the new one. The CA is fine.
class PlannerLeafTest {
  private static final Duration WINDOW = Duration.ofDays(10);
  private static final Duration CA_LEFT = Duration.ofDays(300);
  private static final Duration FRESH = Duration.ofDays(25);

  private static final List<String> REISSUE_AND_ROLL =
      List.of(
          "s1 reissue secret/apps/worker-tls %s",
          "s2 roll deployment/apps/worker LeafReissued <s1");

  private static void isReissued(TestWorld world, Reason why) {
    Plan plan = world.plan();
    assertThat(plan.steps().getFirst().reason()).isEqualTo(why);
    assertThat(Lines.steps(plan))
        .containsExactlyElementsOf(
            REISSUE_AND_ROLL.stream()
                .map(l -> l.formatted(why.getClass().getSimpleName()))
                .toList());
    assertThat(plan.gates()).isEmpty();
    assertThat(plan.blockers()).isEmpty();
  }

  @Test
  void leafInItsWindowIsReissuedAndLoadedAndNothingElse() {
    TestWorld world = steady(CA_LEFT, WINDOW);
    isReissued(world, new Reason.NearingExpiry(NOW.plus(WINDOW), NOW, WINDOW, Facts.AT));
    assertThat(world.plan().deadline())
        .contains(new Due("secret/apps/worker-tls", Due.What.EXPIRY, NOW.plus(WINDOW)));
    assertThat(world.plan().upcoming()).extracting(Due::address).containsExactly("ca/booking-g1");
  }

  @Test
  void leafIsNotDueOneSecondBefore() {
    assertThat(steady(CA_LEFT, WINDOW.plusSeconds(1)).plan().isEmpty()).isTrue();
  }

  @Test
  void leafThatWasJustWrittenIsGivenTimeWhileAnOldCaIsLeft() {
    TestWorld world = steady(Duration.ofDays(60), FRESH).has("booking", 2, Duration.ofDays(365));
    world
        .accepts(NS, world.ca("booking", 1), world.ca("booking", 2))
        .worker("worker", "booking", NS, Restart.NONE)
        .holds("worker", "new", 2, FRESH)
        .writtenAt(secret("worker"), NOW.minusSeconds(119));
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reload worker/worker JustWritten",
            "s2 retire namespace/booking.sdvdw NoLongerUsed <s1");
    world.writtenAt(secret("worker"), NOW.minusSeconds(120));
    assertThat(Lines.verbs(world.plan())).containsExactly("retire");
    world.writtenAt(secret("worker"), NOW).accepts(NS, world.ca("booking", 2));
    assertThat(world.plan().isEmpty()).isTrue();
  }

  @Test
  void expiredLeafIsReissued() {
    Duration over = Duration.ofSeconds(-1);
    isReissued(steady(CA_LEFT, over), new Reason.Expired(NOW.plus(over)));
  }

  @Test
  void missingLeafIsIssued() {
    TestWorld world = steady();
    world.foundLeaves.put(secret("worker"), TestWorld.nothingAt(secret("worker")));
    isReissued(world, new Reason.Missing());
    assertThat(Lines.actions(world.plan(), Action.ReissueLeaf.class).getFirst().replaces())
        .isEmpty();
  }

  @Test
  void leafOfAnotherCaIsReissuedEvenWhenThatOneHasTheSameName() {
    TestWorld world = steady();
    Certificate twin = Facts.foreign("twin", CA_LEFT);
    Certificate leaf =
        Facts.issued(world.leaves.get("booking"), "x", world.ca("booking", 1), FRESH);
    world.holds("worker", leaf, twin, true);
    isReissued(world, new Reason.WrongIssuer("CN=booking CA G1,O=Temporal", "ca/booking-g1"));
  }

  @Test
  void leafWhoseKeyDoesNotFitIsReissued() {
    TestWorld world = steady();
    Certificate ca = world.ca("booking", 1);
    Certificate leaf = Facts.issued(world.leaves.get("booking"), "x", ca, FRESH);
    isReissued(world.holds("worker", leaf, ca, false), new Reason.KeyMismatch());
  }

  @Test
  void otherSubjectInTheYamlReissuesTheLeaf() {
    TestWorld world = steady();
    world.leaf(Facts.leaf("booking", "booking", Facts.subject("new.sdvdw"), List.of()));
    isReissued(
        world,
        new Reason.SpecChanged(
            "subject", "CN=booking.sdvdw,O=Temporal", "CN=new.sdvdw,O=Temporal"));
  }

  @Test
  void otherDnsNamesInTheYamlReissueTheLeaf() {
    TestWorld world = steady();
    world.leaf(
        Facts.leaf("booking", "booking", Facts.subject("booking.sdvdw"), List.of("a.example")));
    isReissued(world, new Reason.SpecChanged("dnsNames", "", "a.example"));
  }

  @Test
  void reissueCarriesWhatIssuingNeeds() {
    TestWorld world = steady(CA_LEFT, WINDOW);
    assertThat(Lines.actions(world.plan(), Action.ReissueLeaf.class))
        .containsExactly(
            new Action.ReissueLeaf(
                secret("worker"),
                new CaGeneration(world.cas.get("booking").keys(), 1),
                world.leaves.get("booking").profile(),
                List.of(NS),
                Optional.of(Facts.fingerprint("old"))));
  }

  @Test
  void podsBehindAreRolledWithoutAReissue() {
    Plan plan = steady().runs("worker", "older").plan();
    assertThat(Lines.steps(plan)).containsExactly("s1 roll deployment/apps/worker NotLoaded");
  }

  @Test
  void podsThatNewleafNeverRolledCountByTheirStart() {
    TestWorld world = steady();
    assertThat(world.foundLeaves.get(secret("worker")).writtenAt())
        .contains(NOW.minus(Duration.ofDays(5)));
    world.foundWorkers.put(TestWorld.deployment("worker"), started(Duration.ofDays(4)));
    assertThat(world.plan().isEmpty()).isTrue();
    world.foundWorkers.put(TestWorld.deployment("worker"), started(Duration.ofDays(6)));
    assertThat(Lines.verbs(world.plan())).containsExactly("roll");
  }

  private static ObservedWorker started(Duration ago) {
    ObservedWorker.Pod pod =
        new ObservedWorker.Pod("p", true, Optional.empty(), Optional.of(NOW.minus(ago)));
    return new ObservedWorker(
        TestWorld.deployment("worker"), true, 1, true, Optional.empty(), true, List.of(pod));
  }

  @Test
  void twoLeavesOfOneCaAreDueEachForItself() {
    TestWorld world = steady().leaf(Facts.leaf("pay", "booking"));
    world
        .worker("payer", "pay", NS, Restart.ROLLING)
        .holds("payer", "pay", 1, WINDOW)
        .runs("payer", "pay");
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reissue secret/apps/payer-tls NearingExpiry",
            "s2 roll deployment/apps/payer LeafReissued <s1");
  }

  @Test
  void twoWorkersOfOneSecretGetOneLeafAndTwoRolls() {
    TestWorld world = steady(CA_LEFT, WINDOW).namespace("two.sdvdw", "booking");
    world
        .worker("second", "booking", "two.sdvdw", Restart.ROLLING, secret("worker"))
        .accepts("two.sdvdw", world.ca("booking", 1))
        .runs("second", "old");
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 reissue secret/apps/worker-tls NearingExpiry",
            "s2 roll deployment/apps/worker LeafReissued <s1",
            "s3 roll deployment/apps/second LeafReissued <s1");
    assertThat(Lines.actions(plan, Action.ReissueLeaf.class).getFirst().namespaces())
        .containsExactly(NS, "two.sdvdw");
  }

  @Test
  void sharedSecretIsNamedOnceInWhatIsNext() {
    TestWorld world = steady();
    world.worker("second", "booking", NS, Restart.ROLLING, secret("worker")).runs("second", "old");
    assertThat(world.plan().upcoming())
        .extracting(Due::address)
        .containsExactly("secret/apps/worker-tls", "ca/booking-g1");
  }

  @Test
  void scalingWorkersAreScaled() {
    TestWorld world = steady(CA_LEFT, WINDOW).worker("worker", "booking", NS, Restart.SCALE);
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reissue secret/apps/worker-tls NearingExpiry",
            "s2 scale deployment/apps/worker LeafReissued <s1");
  }

  @Test
  void reloadingWorkersAreWaitedForAndTheirPodsMayBeOlderThanTheLeaf() {
    TestWorld world = steady(CA_LEFT, WINDOW).worker("worker", "booking", NS, Restart.NONE);
    assertThat(Lines.verbs(world.plan())).containsExactly("reissue", "reload");
    TestWorld after = steady().worker("worker", "booking", NS, Restart.NONE);
    after.foundWorkers.put(TestWorld.deployment("worker"), started(Duration.ofDays(6)));
    assertThat(after.plan().isEmpty()).isTrue();
  }

  @Test
  void workersOutsideKubernetesAreWaitedFor() {
    LeafPlace folder = new LeafPlace.Directory("certs");
    TestWorld world = steady();
    world.workers.put(
        "worker",
        new WorkerSpec(
            "worker",
            "booking",
            NS,
            Optional.empty(),
            folder,
            Optional.empty(),
            Restart.NONE,
            Facts.AT));
    world.foundLeaves.put(folder, TestWorld.nothingAt(folder));
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reissue directory/certs Missing", "s2 reload worker/worker LeafReissued <s1");
  }

  @Test
  void clientWithAPlaceGetsItsLeafForEveryNamespaceOfTheCa() {
    TestWorld world = steady().namespace("two.sdvdw", "booking");
    LeafPlace place = new LeafPlace.Secret("billing", "tls");
    world.clients.put(
        "starter", new ClientSpec("starter", "booking", Optional.of(place), true, Facts.AT));
    ObservedLeaf nothing = TestWorld.nothingAt(place);
    world.foundLeaves.put(place, nothing);
    world.accepts("two.sdvdw", world.ca("booking", 1));
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 reissue secret/billing/tls Missing", "s2 reload worker/starter LeafReissued <s1");
    assertThat(Lines.actions(plan, Action.ReissueLeaf.class).getFirst().namespaces())
        .containsExactly(NS, "two.sdvdw");
  }
}
