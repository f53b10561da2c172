package newleaf.plan;

import static newleaf.plan.TestWorld.NS;
import static newleaf.plan.TestWorld.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newleaf.cert.Certificate;
import newleaf.desired.Renewal;
import newleaf.observed.ObservedCa;
import newleaf.observed.Recorded;
import org.junit.jupiter.api.Test;

/// A CA that keeps its key: the new certificate takes the place of the old one, and every leaf
/// stays as it is.
class PlannerSameKeyTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration WINDOW = Duration.ofDays(60);
  private static final Duration FRESH = Duration.ofDays(25);

  private static TestWorld due() {
    TestWorld world = steady(WINDOW, FRESH);
    return world.ca(Facts.renewing(world.cas.get("booking"), Renewal.SAME_KEY));
  }

  private static TestWorld renewed(Duration left) {
    TestWorld world = due();
    Certificate first = world.ca("booking", 1);
    Certificate second = Facts.renewed(world.cas.get("booking"), 2, first, left);
    return world.has(new ObservedCa("booking", 2, second, true));
  }

  @Test
  void certificateIsReplacedAndNoLeafIsReissued() {
    Plan plan = due().plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g2 NearingExpiry",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1");
    assertThat(plan.gates()).isEmpty();
    assertThat(Lines.actions(plan, Action.IssueCa.class).getFirst().keyOf())
        .map(CaGeneration::address)
        .contains("ca/booking-g1");
    assertThat(Lines.actions(plan, Action.TrustCa.class).getFirst().replaces())
        .map(CaGeneration::address)
        .contains("ca/booking-g1");
    assertThat(plan.steps().getLast().terms().undo()).isEqualTo(Undo.PUT_BACK);
  }

  @Test
  void stoppedAfterMakingItOnlyTheReplacementIsLeft() {
    TestWorld world = renewed(YEAR);
    assertThat(Lines.steps(world.plan()))
        .containsExactly("s1 trust namespace/booking.sdvdw NotTrusted");
    assertThat(world.accepts(NS, world.ca("booking", 2)).plan().isEmpty()).isTrue();
  }

  @Test
  void fullBundleHasRoomForAReplacement() {
    TestWorld world = due();
    Certificate[] bundle = new Certificate[16];
    bundle[0] = world.ca("booking", 1);
    for (int i = 1; i < bundle.length; i++) {
      bundle[i] = Facts.foreign("Acme " + i, YEAR);
    }
    assertThat(world.accepts(NS, bundle).plan().blockers()).isEmpty();
  }

  @Test
  void lostKeyForcesANewOne() {
    TestWorld world = due();
    world.has(new ObservedCa("booking", 1, world.ca("booking", 1), false));
    assertThat(Lines.verbs(world.plan()))
        .containsExactly("issue", "trust", "reissue", "roll", "retire");
    assertThat(Lines.actions(world.plan(), Action.IssueCa.class).getFirst().keyOf()).isEmpty();
  }

  @Test
  void expiredCaGetsANewKeyOnTheFastPath() {
    TestWorld world = steady(Duration.ofDays(-1), FRESH);
    world.ca(Facts.renewing(world.cas.get("booking"), Renewal.SAME_KEY));
    assertThat(Lines.verbs(world.plan())).containsExactly("issue", "trust", "reissue", "roll");
  }

  @Test
  void nextRekeyRetiresTheRenewedOne() {
    TestWorld world = renewed(WINDOW);
    world
        .accepts(NS, world.ca("booking", 2))
        .ca(Facts.ca("booking"))
        .issued("secret/old/tls", world.leaves.get("booking"), world.ca("booking", 1), FRESH, NS);
    Plan plan = world.plan();
    assertThat(Lines.steps(plan))
        .containsExactly(
            "s1 issue ca/booking-g3 NearingExpiry",
            "s2 trust namespace/booking.sdvdw NotTrusted <s1",
            "s3 reissue secret/apps/worker-tls WrongIssuer <s2",
            "s4 roll deployment/apps/worker LeafReissued <s3",
            "s5 retire namespace/booking.sdvdw NoLongerUsed <s2,s3,s4");
    // the ledger's leaf is of G1, and G2 is what it is accepted by
    assertThat(Lines.gates(plan)).contains("unmanaged/ca/booking-g2/secret/old/tls s2,s3,s4>s5");
  }

  @Test
  void replacementThatHadToBeTakenBackIsAskedAbout() {
    TestWorld world = renewed(YEAR);
    world.recorded =
        new Recorded(
            Recorded.NOTHING.journal(),
            Map.of(),
            Set.of(),
            Set.of("ca/booking-g1"),
            List.of(),
            List.of());
    assertThat(Lines.gates(world.plan()))
        .containsExactly("replace/namespace/booking.sdvdw/ca/booking-g1 >s1");
  }
}
