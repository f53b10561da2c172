package newleaf.plan;

import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.desired.Restart;
import newleaf.desired.WorkerSpec;
import newleaf.observed.ObservedCa;
import org.junit.jupiter.api.Test;

/// What was taken out of the YAML: a CA of a namespace, a namespace, a leaf, a worker.
class PlannerDroppedTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration FRESH = Duration.ofDays(25);
  private static final String WHICH = "namespace/booking.sdvdw/ca/pay-g1";

  /// The namespace accepts the CA `pay` too, which the YAML no longer asks for.
  private static TestWorld dropped() {
    TestWorld world = steady().ca(Facts.ca("pay")).has("pay", 1, YEAR);
    return world.accepts(NS, world.ca("booking", 1), world.ca("pay", 1));
  }

  @Test
  void caThatTheYamlNoLongerNamesIsRetiredBehindSoakAndApproval() {
    TestWorld world = dropped();
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly("s1 retire namespace/booking.sdvdw NoLongerWanted");
    assertThat(Lines.gates(plan))
        .containsExactly("soak/" + WHICH + " >s1", "retire/" + WHICH + " >s1");
    Action.RetireCa retire = Lines.actions(plan, Action.RetireCa.class).getFirst();
    assertThat(retire.successor()).isEmpty();
    assertThat(retire.certificate()).isEqualTo(world.ca("pay", 1));
    assertThat(retire.inUse()).extracting(Action.Target::name).containsExactly("worker");
  }

  @Test
  void soakAndApprovalOfADroppedCaAreRemembered() {
    Instant opened = Facts.NOW.minusSeconds(60);
    Plan plan = dropped().recorded(Map.of("soak/" + WHICH, opened), "retire/" + WHICH).plan();
    assertThat(Lines.gates(plan))
        .containsExactly(
            "soak/" + WHICH + " >s1 until 2026-11-24T00:09:00Z", "retire/" + WHICH + " >s1 given");
  }

  @Test
  void droppedCaWaitsForTheLeavesThatStillComeFromIt() {
    TestWorld world = dropped();
    Certificate pay = world.ca("pay", 1);
    Certificate leaf = Facts.issued(world.leaves.get("booking"), "old", pay, FRESH);
    world.holds("worker", leaf, pay, true);
    assertThat(Lines.steps(world.plan()))
        .containsExactly(
            "s1 reissue secret/apps/worker-tls WrongIssuer",
            "s2 roll deployment/apps/worker LeafReissued <s1",
            "s3 retire namespace/booking.sdvdw NoLongerWanted <s1,s2");
    assertThat(Lines.gates(world.plan()))
        .containsExactly("soak/" + WHICH + " s1,s2>s3", "retire/" + WHICH + " s1,s2>s3");
    assertThat(((Gate.Approval) world.plan().gates().getLast()).question())
        .isEqualTo("remove CN=pay CA G1,O=Temporal from namespace booking.sdvdw?");
    world.issued("secret/old/tls", Facts.leaf("pay", "pay"), pay, FRESH, NS);
    assertThat(((Gate.Approval) world.plan().gates().getLast()).question())
        .isEqualTo(
            "remove CN=pay CA G1,O=Temporal from namespace booking.sdvdw, where leaves of it are"
                + " then refused (secret/old/tls)?");
  }

  /// The rules of the YAML do not let this happen; the planner does not count on them.
  @Test
  void droppedCaThatAHolderIsToKeepUsingBlocks() {
    TestWorld world = dropped().leaf(Facts.leaf("pay", "pay"));
    world.worker("payer", "pay", NS, Restart.ROLLING).holds("payer", "pay", 1, FRESH);
    world.runs("payer", "pay");
    Plan plan = world.plan();
    assertThat(Lines.blockers(plan)).containsExactly("NL5012 namespace/booking.sdvdw");
    assertThat(plan.blockers().getFirst().text().what()).contains("secret/apps/payer-tls");
  }

  @Test
  void expiredDroppedCaGoesAtOnceAndWithWhateverIsDueAnyway() {
    TestWorld world = dropped();
    world.has(new ObservedCa("pay", 1, Facts.made(Facts.ca("pay"), 1, FRESH.negated()), true));
    world.has("pay", 2, YEAR).accepts(NS, world.ca("booking", 1), world.ca("pay", 1));
    assertThat(Lines.steps(world.plan()))
        .containsExactly("s1 retire namespace/booking.sdvdw NoLongerWanted");
    assertThat(world.plan().gates()).isEmpty();
    world.has("booking", 2, YEAR);
    assertThat(Lines.actions(world.plan(), Action.TrustCa.class).getFirst().expired())
        .containsExactly(world.ca("pay", 1).fingerprint());
    assertThat(Lines.actions(world.plan(), Action.RetireCa.class))
        .extracting(r -> r.old().address())
        .containsExactly("ca/booking-g1");
  }

  @Test
  void namespaceThatTheYamlNoLongerNamesIsNotTouched() {
    TestWorld world = steady();
    world.issued(
        "secret/apps/gone-tls",
        Facts.leaf("gone", "booking"),
        world.ca("booking", 1),
        FRESH,
        "gone.sdvdw");
    Plan plan = world.plan();
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.notices())
        .containsExactly(
            new Notice(
                Notice.What.UNMANAGED_LEAF,
                "secret/apps/gone-tls",
                "CN=gone.sdvdw,O=Temporal",
                Facts.NOW.plus(FRESH)),
            new Notice(
                Notice.What.UNMANAGED_NAMESPACE,
                "namespace/gone.sdvdw",
                "leaves for it",
                Facts.NOW.plus(FRESH)));
  }

  /// A worker was taken out of the YAML during a rotation.
  private static TestWorld forgotten(Duration left) {
    TestWorld world = steady(Duration.ofDays(60), FRESH);
    return world.issued(
        "secret/old/tls", world.leaves.get("booking"), world.ca("booking", 1), left, NS);
  }

  @Test
  void oldCaWaitsForAPersonWhileALeafOutsideTheYamlMayUseIt() {
    String gate = "unmanaged/ca/booking-g1/secret/old/tls";
    Plan plan = forgotten(FRESH).plan();
    assertThat(Lines.gates(plan))
        .containsExactly("soak/ca/booking-g1 s2,s3,s4>s5", gate + " s2,s3,s4>s5");
    assertThat(((Gate.Approval) plan.gates().getLast()).question())
        .isEqualTo(
            "secret/old/tls is no longer in the YAML and has a leaf of ca/booking-g1 until"
                + " 2026-12-19T00:00:00Z; does nobody use it?");
    assertThat(Lines.gates(forgotten(FRESH).recorded(Map.of(), gate).plan()).getLast())
        .endsWith("given");
  }

  @Test
  void expiredLeafOutsideTheYamlHoldsNothingBack() {
    assertThat(Lines.gates(forgotten(Duration.ofSeconds(-1)).plan()))
        .containsExactly("soak/ca/booking-g1 s2,s3,s4>s5");
    assertThat(forgotten(Duration.ofSeconds(-1)).plan().notices()).isEmpty();
  }

  @Test
  void leafOfTheSuccessorOrForAnotherNamespaceHoldsNothingBack() {
    TestWorld world = steady(Duration.ofDays(60), FRESH).has("booking", 2, YEAR);
    world
        .issued("secret/a/new", world.leaves.get("booking"), world.ca("booking", 2), FRESH, NS)
        .issued("secret/a/far", world.leaves.get("booking"), world.ca("booking", 1), FRESH, "x.y");
    assertThat(Lines.gates(world.plan())).allMatch(g -> g.startsWith("soak/ca/booking-g1 "));
  }

  @Test
  void placeThatIsStillInTheYamlIsNotUnmanaged() {
    TestWorld world = steady();
    world.issued(
        "secret/apps/worker-tls", world.leaves.get("booking"), world.ca("booking", 1), FRESH, NS);
    assertThat(world.plan().notices()).isEmpty();
  }

  @Test
  void workersOfOneDeploymentMustNotBeRestartedInTwoWays() {
    TestWorld world = steady();
    WorkerSpec first = world.workers.get("worker");
    world.workers.put("second", second(first, Restart.ROLLING, TestWorld.secret("worker")));
    assertThat(world.plan().blockers()).isEmpty();
    world.workers.put("second", second(first, Restart.SCALE, TestWorld.secret("worker")));
    assertThat(Lines.blockers(world.plan())).containsExactly("NL5013 deployment/apps/worker");
    TestWorld other = steady().worker("second", "booking", NS, Restart.ROLLING);
    other.holds("second", "second", 1, FRESH);
    other.workers.put("second", second(first, Restart.ROLLING, TestWorld.secret("second")));
    assertThat(Lines.blockers(other.plan())).contains("NL5013 deployment/apps/worker");
  }

  private static WorkerSpec second(
      WorkerSpec first, Restart restart, newleaf.observed.LeafPlace place) {
    return new WorkerSpec(
        "second",
        first.leaf(),
        first.namespace(),
        Optional.of("queue"),
        place,
        first.workload(),
        restart,
        first.at());
  }

  @Test
  void noticesAreNoSteps() {
    assertThat(List.of(Notice.What.values())).hasSize(7);
    assertThat(dropped().plan().notices()).isEmpty();
  }
}
